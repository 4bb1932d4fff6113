import { listJobsQuerySchema } from '@/lib/contract/jobs';
import { regionParams } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { listJobs } from '@/lib/server/jobs/list-jobs';

// GET /api/{region}/jobs – one page of the jobs that match, with totals and what the filter menus offer.
export const GET = route({ params: regionParams, query: listJobsQuerySchema }, ({ params, query }, d) =>
  listJobs(d, params.region, query),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
