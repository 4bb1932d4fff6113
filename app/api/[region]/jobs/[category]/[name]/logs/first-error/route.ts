import { logScopeSchema } from '@/lib/contract/logs';
import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { findFirstLogError } from '@/lib/server/logs/list-job-logs';

// GET /api/{region}/jobs/{category}/{name}/logs/first-error – the first error before the end, and which stretch was read for it.
export const GET = route({ params: jobParams, query: logScopeSchema.pick({ source: true }) }, ({ params, query }, d) =>
  findFirstLogError(d, params.region, toJobRef(params), query),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
