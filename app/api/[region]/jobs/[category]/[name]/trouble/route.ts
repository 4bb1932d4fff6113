import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { getTrouble } from '@/lib/server/story/get-trouble';

// GET /api/{region}/jobs/{category}/{name}/trouble – errors and timeouts in the log of the job's agent, minute by minute.
export const GET = route({ params: jobParams }, ({ params }, d) => getTrouble(d, params.region, toJobRef(params)));

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
