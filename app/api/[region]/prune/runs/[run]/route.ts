import { getPruneRunQuerySchema, pruneRunChangeSchema } from '@/lib/contract/prune';
import { pruneRunParams } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { changePruneRun, getPruneRun } from '@/lib/server/prune/prune-runs';

// GET /api/{region}/prune/runs/{run} – the record of one clean-up, with a stretch of its checkpoints.
export const GET = route({ params: pruneRunParams, query: getPruneRunQuerySchema }, ({ params, query }, d) =>
  getPruneRun(d, params.region, params.run, query),
);

// POST /api/{region}/prune/runs/{run} – pauses it, lets it go on, tries again what failed, or ends it.
export const POST = route(
  { params: pruneRunParams, body: pruneRunChangeSchema, mutates: true },
  ({ params, body }, d) => changePruneRun(d, params.region, params.run, body.change),
);

export const { PUT, PATCH, DELETE } = otherMethods('GET', 'POST');
