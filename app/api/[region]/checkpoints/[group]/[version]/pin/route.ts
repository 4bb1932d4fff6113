import { pinRequestSchema } from '@/lib/contract/checkpoints';
import { pinCheckpoint } from '@/lib/server/checkpoints/mark-checkpoint';
import { checkpointParams } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';

// POST /api/{region}/checkpoints/{group}/{version}/pin – keeps it from every clean-up, or lets go of it.
export const POST = route({ params: checkpointParams, body: pinRequestSchema, mutates: true }, ({ params, body }, d) =>
  pinCheckpoint(d, params.region, params, body.pinned),
);

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');
