import { getCheckpoint } from '@/lib/server/checkpoints/get-checkpoint';
import { checkpointParams } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';

// GET /api/{region}/checkpoints/{group}/{version} – one checkpoint, its twin and the jobs that started from it.
export const GET = route({ params: checkpointParams }, ({ params }, d) =>
  getCheckpoint(d, params.region, params.group, params.version),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
