import { apiHeaders } from '@/lib/server/http/error-response';
import { eventStream } from '@/lib/server/http/event-stream';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { VERSION } from '@/lib/server/version';

// GET /api/events – server-sent events: the names of what changed in the catalog, as long as the viewer stays.
export const GET = route({}, async ({ request, requestId }, d) =>
  eventStream({
    subscribe: (listener) => d.events.subscribe(listener),
    version: VERSION,
    signal: request.signal,
    headers: apiHeaders(requestId),
  }),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
