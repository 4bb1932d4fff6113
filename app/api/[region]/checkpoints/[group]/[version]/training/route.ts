import { getCheckpointTraining } from '@/lib/server/checkpoints/get-checkpoint-training';
import { checkpointParams } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';

// GET /api/{region}/checkpoints/{group}/{version}/training – what its job measured at its step, and its LoRA settings.
export const GET = route({ params: checkpointParams }, ({ params }, d) =>
  getCheckpointTraining(d, params.region, params),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
