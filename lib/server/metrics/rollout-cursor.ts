import 'server-only';
import { z } from 'zod';
import { AppError } from '@/lib/contract/app-error';

const cursorSchema = z.object({
  /** What of the batch was shown already. */
  offset: z.number().int().min(0).max(10_000),
  /** Where the batch begins, by MLflow's own token. */
  token: z.string().max(1_500).optional(),
  foundBy: z.enum(['run', 'time_window']).optional(),
});
export type RolloutCursor = z.infer<typeof cursorSchema>;

/** A place in a list of rollouts as text for the URL. */
export const formatRolloutCursor = (cursor: RolloutCursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** Reads one back. Throws AppError `bad_request` for anything else. */
export function parseRolloutCursor(text: string | undefined): RolloutCursor {
  if (text === undefined) return { offset: 0 };
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new AppError('bad_request', 'Query parameter "cursor" is not a place in this list.', {
      hint: 'Leave it out to begin at the start.',
      field: 'cursor',
      cause,
    });
  }
}
