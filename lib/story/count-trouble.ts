import type { TroubleMinute } from '../contract/trouble';
import type { StoryLine } from './fold-lines';
import { readLine } from './read-line';

const MINUTE_MS = 60_000;
const TIMEOUT = /timed? ?out|deadline exceeded|\bETIMEDOUT\b/i;

/** Adds the errors and timeouts among lines to the minutes known; a timeout is no error besides. Sorted. */
export function countTrouble(known: readonly TroubleMinute[], lines: readonly StoryLine[]): TroubleMinute[] {
  const minutes = new Map(known.map((minute) => [minute.atMs, { ...minute }]));
  for (const { atMs, message } of lines) {
    const { level, text } = readLine(message);
    if (level === 'info' || (level === 'warn' && !TIMEOUT.test(text))) continue;
    const at = atMs - (atMs % MINUTE_MS);
    const minute = minutes.get(at) ?? { atMs: at, errors: 0, timeouts: 0 };
    if (TIMEOUT.test(text)) minute.timeouts += 1;
    else minute.errors += 1;
    minutes.set(at, minute);
  }
  return [...minutes.values()].sort((a, b) => a.atMs - b.atMs);
}
