import { createRequestSchema } from '@/lib/contract/actions';
import { listJobsQuerySchema } from '@/lib/contract/jobs';
import { createJob } from '@/lib/server/actions/create-job';
import { regionParams } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { listJobs } from '@/lib/server/jobs/list-jobs';

// GET /api/{region}/jobs – one page of the jobs that match, with totals and what the filter menus offer.
export const GET = route({ params: regionParams, query: listJobsQuerySchema }, ({ params, query }, d) =>
  listJobs(d, params.region, query),
);

// POST /api/{region}/jobs – carries a plan out: the plan's body with its token. 200 also when the job was made before.
export const POST = route({ params: regionParams, body: createRequestSchema, mutates: true }, ({ params, body }, d) =>
  createJob(d, params.region, body),
);

export const { PUT, PATCH, DELETE } = otherMethods('GET', 'POST');
