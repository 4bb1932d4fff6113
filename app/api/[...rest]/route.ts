import { AppError } from '@/lib/contract/app-error';
import { respond } from '@/lib/server/http/respond';

// GET /api/… – every address that no other route answers, with any method.
const answer = (request: Request) =>
  respond(request, async () => {
    throw new AppError('not_found', 'The API has no such address.', {
      hint: 'It begins with /api/health, /api/events or /api/{region}/….',
    });
  });

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
