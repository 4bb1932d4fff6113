import { getMetricsQuerySchema } from '@/lib/contract/metrics';
import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { getMetrics } from '@/lib/server/metrics/get-metrics';

// GET /api/{region}/jobs/{category}/{name}/metrics?keys=a,b – every point of these metrics, and which others there are.
export const GET = route({ params: jobParams, query: getMetricsQuerySchema }, ({ params, query }, d) =>
  getMetrics(d, params.region, toJobRef(params), query.keys ?? []),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
