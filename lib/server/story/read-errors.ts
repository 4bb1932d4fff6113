import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { StoryLine } from '@/lib/story/fold-lines';
import { filterLogEvents } from '../aws/log-events';
import type { Deployment } from '../deployment';

/**
 * Words that stand in lines about trouble, any of them (AWS docs: `?term`). Terms match whole words or parts of them, and
 * upper and lower case differ.
 */
export const TROUBLE =
  '?ERROR ?Error ?error ?WARN ?Exception ?exception ?Traceback ?FATAL ?CRITICAL ?denied ?"timed out" ?"not found"';

/** The last minutes hold the cause of nearly every failure; where they are silent, the last hour is read. */
const SPANS_MS = [10 * 60_000, 60 * 60_000];
/** Lines flushed after the end, and clocks that differ. */
const AFTER_MS = 2 * 60_000;
const MAX_LINES = 1_000;
const MAX_PAGES = 25;
const MAX_EMPTY_PAGES = 5;
/** A log begins some minutes after the job (seen); the shortest retention of a group is a day (AWS docs). */
const EARLY_MS = 20 * 60_000;
const LATE_MS = 24 * 3_600_000;

export interface ErrorsRead {
  state: 'ok' | 'none' | 'denied' | 'failed';
  lines: StoryLine[];
  note?: string;
}

/**
 * The lines about trouble in a log group around the end of a job. `prefix` limits it to streams of the job; an agent's group
 * has no streams by job, so there the time is the only bound. Never throws what AWS refuses: it is part of the answer.
 */
export async function readErrors(
  d: Deployment,
  region: string,
  logGroup: string,
  job: { startMs: number; endMs: number; nowMs: number; prefix?: string; over: boolean },
): Promise<ErrorsRead> {
  const end = job.over ? 'the end' : 'now';
  try {
    for (const span of SPANS_MS) {
      const fromMs = Math.max(job.startMs, job.endMs - span);
      const { lines, whole } = await readSpan(d, region, logGroup, job.prefix, fromMs, job.endMs + AFTER_MS);
      if (lines.length > 0 || fromMs === job.startMs || span === SPANS_MS.at(-1)) {
        const minutes = Math.max(1, Math.round((job.endMs - fromMs) / 60_000));
        if (lines.length === 0 && !(await holdsAnything(d, region, logGroup, job))) {
          return {
            state: 'none',
            lines,
            note: nothingWords(job, `This log holds no line of the last ${minutes} minutes`),
          };
        }
        return {
          state: 'ok',
          lines,
          note: whole
            ? `the last ${minutes} minutes before ${end}`
            : `only the newest ${lines.length} lines about trouble before ${end}`,
        };
      }
    }
    return { state: 'ok', lines: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'not_found') {
      return { state: 'none', lines: [], note: nothingWords(job, `There is no log group ${logGroup}`) };
    }
    return {
      state: error.code === 'access_denied' ? 'denied' : 'failed',
      lines: [],
      note: [error.message, error.hint].filter(Boolean).join(' '),
    };
  }
}

/** Silence and an empty log are two things: whether any line at all is left of the time that was looked at. */
async function holdsAnything(
  d: Deployment,
  region: string,
  logGroup: string,
  { prefix, startMs, endMs }: { prefix?: string; startMs: number; endMs: number },
): Promise<boolean> {
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_EMPTY_PAGES; page++) {
    const answer = await filterLogEvents(d.aws(region), {
      logGroup,
      prefix,
      startTime: new Date(Math.max(startMs, endMs - (SPANS_MS.at(-1) ?? 0))),
      endTime: new Date(endMs + AFTER_MS),
      limit: 1,
      startFromHead: false,
      nextToken,
    });
    if (answer.events.length > 0) return true;
    nextToken = answer.nextToken;
    if (!nextToken) return false;
  }
  return true;
}

/** Early a log has not come yet, late its retention may have taken it; in between nothing was written. */
function nothingWords(
  { over, endMs, startMs, nowMs }: { over: boolean; endMs: number; startMs: number; nowMs: number },
  what: string,
) {
  if (!over && nowMs - startMs < EARLY_MS) return `No logs yet. ${what}: it comes with the first line.`;
  if (over && nowMs - endMs > LATE_MS)
    return `Expired, or never written. ${what}: the group’s retention may have taken it.`;
  return `${what}: nothing was written.`;
}

async function readSpan(
  d: Deployment,
  region: string,
  logGroup: string,
  prefix: string | undefined,
  fromMs: number,
  toMs: number,
): Promise<{ lines: StoryLine[]; whole: boolean }> {
  const lines: StoryLine[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES && lines.length < MAX_LINES; page++) {
    const answer = await filterLogEvents(d.aws(region), {
      logGroup,
      prefix,
      pattern: TROUBLE,
      startTime: new Date(fromMs),
      endTime: new Date(toMs),
      nextToken,
      limit: MAX_LINES,
      startFromHead: false,
    });
    for (const { timestamp, message, stream, ingestionTime } of answer.events) {
      lines.push({ atMs: timestamp.getTime(), message, stream, ingestedMs: ingestionTime?.getTime() });
    }
    nextToken = answer.nextToken;
    if (!nextToken) return { lines, whole: true };
  }
  return { lines, whole: false };
}
