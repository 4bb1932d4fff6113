import { getMetricsQuerySchema } from '@/lib/contract/metrics';
import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { getBranchMetrics } from '@/lib/server/metrics/get-branch';

// GET /api/{region}/jobs/{category}/{name}/metrics/branch?keys=a,b – the same metrics of every job it comes from, root first.
export const GET = route({ params: jobParams, query: getMetricsQuerySchema }, ({ params, query }, d) =>
  getBranchMetrics(d, params.region, toJobRef(params), query.keys ?? []),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
