import { listCheckpointsQuerySchema } from '@/lib/contract/checkpoints';
import { listJobCheckpoints } from '@/lib/server/checkpoints/list-job-checkpoints';
import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';

// GET /api/{region}/jobs/{category}/{name}/checkpoints – what the catalog attributes to the job, newest step first.
export const GET = route({ params: jobParams, query: listCheckpointsQuerySchema }, ({ params, query }, d) =>
  listJobCheckpoints(d, params.region, toJobRef(params), query),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
