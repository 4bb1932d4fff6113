import { compareQuerySchema } from '@/lib/contract/metrics';
import { regionParams } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { compareJobs } from '@/lib/server/metrics/compare-jobs';

// GET /api/{region}/compare?jobs=a,b&keys=c,d – curves and configs of up to twenty jobs side by side.
export const GET = route({ params: regionParams, query: compareQuerySchema }, ({ params, query }, d) =>
  compareJobs(d, params.region, query.jobs, query.keys ?? []),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
