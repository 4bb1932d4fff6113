import { nameLogGroupSchema } from '@/lib/contract/logs';
import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { listLogSources, nameLogGroup } from '@/lib/server/logs/log-sources';

// GET /api/{region}/jobs/{category}/{name}/logs/sources – whose logs can be read: the job's, its agent's, named groups'.
export const GET = route({ params: jobParams }, ({ params }, d) => listLogSources(d, params.region, toJobRef(params)));

// POST – names a log group for the job or its region, or takes the name away.
export const POST = route({ params: jobParams, body: nameLogGroupSchema, mutates: true }, ({ params, body }, d) =>
  nameLogGroup(d, params.region, toJobRef(params), body),
);

export const { PUT, PATCH, DELETE } = otherMethods('GET', 'POST');
