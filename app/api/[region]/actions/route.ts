import { listActionsQuerySchema } from '@/lib/contract/action-log';
import { getActionLog } from '@/lib/server/actions/get-action-log';
import { regionParams } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';

// GET /api/{region}/actions – what was done through this dashboard: who, what, when, and what AWS answered.
export const GET = route({ params: regionParams, query: listActionsQuerySchema }, ({ params, query }, d) =>
  getActionLog(d, params.region, query),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
