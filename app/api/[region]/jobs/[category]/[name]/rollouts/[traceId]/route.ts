import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { getRollout, rolloutQuerySchema, traceIdSchema } from '@/lib/server/metrics/get-rollout';

const params = jobParams.extend({ traceId: traceIdSchema });

// GET /api/{region}/jobs/{category}/{name}/rollouts/{traceId}?cursor=100 – one trajectory as a conversation.
export const GET = route({ params, query: rolloutQuerySchema }, ({ params: path, query }, d) =>
  getRollout(d, path.region, toJobRef(path), path.traceId, query.cursor),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
