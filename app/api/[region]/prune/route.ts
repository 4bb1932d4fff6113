import { prunePreviewQuerySchema, pruneStartSchema } from '@/lib/contract/prune';
import { regionParams } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { previewPrune } from '@/lib/server/prune/preview-prune';
import { startPrune } from '@/lib/server/prune/start-prune';

// GET /api/{region}/prune – what may go by these rules, what stays and why. Changes nothing.
export const GET = route({ params: regionParams, query: prunePreviewQuerySchema }, ({ params, query }, d) =>
  previewPrune(d, params.region, query),
);

// POST /api/{region}/prune – starts deleting what was looked at: the rules, the token of the list, the number typed.
export const POST = route({ params: regionParams, body: pruneStartSchema, mutates: true }, ({ params, body }, d) =>
  startPrune(d, params.region, body),
);

export const { PUT, PATCH, DELETE } = otherMethods('GET', 'POST');
