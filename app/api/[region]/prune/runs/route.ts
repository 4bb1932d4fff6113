import { regionParams } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { listPruneRuns } from '@/lib/server/prune/prune-runs';

// GET /api/{region}/prune/runs – every clean-up of the region and how it stands, newest first.
export const GET = route({ params: regionParams }, ({ params }, d) => listPruneRuns(d, params.region));

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
