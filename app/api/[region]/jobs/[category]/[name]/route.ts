import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { getJob } from '@/lib/server/jobs/get-job';

// GET /api/{region}/jobs/{category}/{name} – one job whole.
export const GET = route({ params: jobParams }, ({ params }, d) => getJob(d, params.region, toJobRef(params)));

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
