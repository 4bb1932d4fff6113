import { getProcessHealth } from '@/lib/server/health/get-process-health';
import { apiHeaders } from '@/lib/server/http/error-response';
import { otherMethods } from '@/lib/server/http/other-methods';
import { respond } from '@/lib/server/http/respond';

// GET /api/health – state of this deployment; 503 when the catalog cannot be read.
export const GET = (request: Request) =>
  respond(request, async ({ requestId }) => {
    const health = await getProcessHealth();
    const status = health.catalog.ok && health.status !== 'unavailable' ? 200 : 503;
    return Response.json(health, { status, headers: apiHeaders(requestId) });
  });

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
