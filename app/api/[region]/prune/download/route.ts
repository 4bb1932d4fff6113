import { pruneDownloadQuerySchema } from '@/lib/contract/prune';
import { regionParams } from '@/lib/server/http/api-params';
import { apiHeaders } from '@/lib/server/http/error-response';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { downloadSuggestion } from '@/lib/server/prune/download-suggestion';

// GET /api/{region}/prune/download – the whole list of what may go, of what stays, or of both, as CSV. Changes nothing.
export const GET = route({ params: regionParams, query: pruneDownloadQuerySchema }, ({ params, query, requestId }, d) =>
  downloadSuggestion(d, params.region, query, apiHeaders(requestId)),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
