import 'server-only';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../contract/app-error';

const ms = z.number().int().min(0).max(8.64e15);

/**
 * Places in a log. They are times and not CloudWatch tokens wherever that can be: a time does not expire after a day,
 * is the same for every viewer, and one holds for all streams of a job. A page never splits a millisecond, so that a
 * time alone says exactly which lines come before it.
 */
const cursorSchema = z.discriminatedUnion('kind', [
  /** The lines before a time. */
  z.object({ kind: z.literal('older'), before: ms }),
  /** The lines from a time on. */
  z.object({ kind: z.literal('later'), after: ms }),
  /** What the tail with this id received after its line number `sequence`; `after` finds the place without the tail. */
  z.object({ kind: z.literal('newer'), tail: z.string().max(64), sequence: z.number().int().min(0), after: ms }),
  /** A search that goes on before `to`, in the stretch that starts at `from`, at CloudWatch's own token if it gave one. */
  z.object({
    kind: z.literal('search'),
    from: ms,
    to: ms,
    window: z.number().int().min(0).max(10_000),
    token: z.string().max(4_096).optional(),
  }),
  /** A search of a log that is kept, which goes on before this time. */
  z.object({ kind: z.literal('kept'), before: ms }),
]);
export type LogCursor = z.infer<typeof cursorSchema>;

/** What a cursor belongs to: it is refused for another log or another search. */
export interface LogScope {
  region: string;
  jobCategory: string;
  jobName: string;
  source: string;
  /** What the lines are narrowed by; a search when there are words or a level. */
  q?: string;
  level?: string;
  stream?: string;
  from?: string;
  to?: string;
}

const isSearch = ({ q, level }: LogScope) => q !== undefined || level !== undefined;

/** A cursor as text for the URL: opaque to the browser, checked when it comes back. */
export function formatLogCursor(scope: LogScope, cursor: LogCursor): string {
  return `${scopeOf(scope)}.${Buffer.from(JSON.stringify(cursor)).toString('base64url')}`;
}

/** The place a cursor names. Throws `bad_request` for anything that was not given out for this very log and search. */
export function parseLogCursor(scope: LogScope, text: string): LogCursor {
  const [mark, payload = ''] = text.split('.', 2);
  const parsed = mark === scopeOf(scope) ? cursorSchema.safeParse(readJson(payload)) : undefined;
  if (parsed?.success && isOfSearch(parsed.data) === isSearch(scope)) return parsed.data;
  throw new AppError('bad_request', 'Query parameter "cursor" was not given out for this log and these words.', {
    hint: 'Leave it out to start at the end of the log.',
    field: 'cursor',
  });
}

const isOfSearch = ({ kind }: LogCursor) => kind === 'search' || kind === 'kept';

function scopeOf({ region, jobCategory, jobName, source, q, level, stream, from, to }: LogScope): string {
  const text = JSON.stringify([region, jobCategory, jobName, source, q, level, stream, from, to]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}

function readJson(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
