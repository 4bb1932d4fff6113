import { stopJob } from '@/lib/server/actions/stop-job';
import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';

// POST /api/{region}/jobs/{category}/{name}/stop – asks AWS to stop the job; a job that has ended stays as it is.
export const POST = route({ params: jobParams, mutates: true }, ({ params }, d) =>
  stopJob(d, params.region, toJobRef(params)),
);

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');
