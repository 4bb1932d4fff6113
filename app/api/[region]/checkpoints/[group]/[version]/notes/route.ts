import { noteRequestSchema } from '@/lib/contract/checkpoints';
import { noteCheckpoint } from '@/lib/server/checkpoints/mark-checkpoint';
import { checkpointParams } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';

// POST /api/{region}/checkpoints/{group}/{version}/notes – writes a note about it, or takes one away.
export const POST = route({ params: checkpointParams, body: noteRequestSchema, mutates: true }, ({ params, body }, d) =>
  noteCheckpoint(d, params.region, params, body),
);

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');
