import { listRolloutsQuerySchema } from '@/lib/contract/metrics';
import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { listRollouts } from '@/lib/server/metrics/list-rollouts';

// GET /api/{region}/jobs/{category}/{name}/rollouts?step=4&outcome=zero&sort=worst – trajectories as MLflow's traces tell them.
export const GET = route({ params: jobParams, query: listRolloutsQuerySchema }, ({ params, query }, d) =>
  listRollouts(d, params.region, toJobRef(params), query),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
