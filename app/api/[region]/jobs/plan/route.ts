import { planRequestSchema } from '@/lib/contract/actions';
import { planJob } from '@/lib/server/actions/plan-job';
import { regionParams } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';

// POST /api/{region}/jobs/plan – pre-flight only: the finished request, its diff, what was checked. Changes nothing, so
// a read-only deployment plans too; its plan says that it may not be carried out.
export const POST = route({ params: regionParams, body: planRequestSchema }, ({ params, body }, d) =>
  planJob(d, params.region, body),
);

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');
