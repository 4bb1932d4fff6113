import { logScopeSchema } from '@/lib/contract/logs';
import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { apiHeaders } from '@/lib/server/http/error-response';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { downloadLog } from '@/lib/server/logs/download-log';

// GET /api/{region}/jobs/{category}/{name}/logs/download – a whole source as text, or what a search of it finds.
export const GET = route({ params: jobParams, query: logScopeSchema }, ({ params, query, requestId }, d) =>
  downloadLog(d, params.region, toJobRef(params), query, apiHeaders(requestId)),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
