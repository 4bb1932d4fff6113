import { hostileLine } from './hostile-line';
import type { LogLine } from './log-lines';

/** A log stream that a test or a scenario asked for. Its lines are made when they are looked at, so a million cost nothing. */
export interface SeededLog {
  group: string;
  stream: string;
  /** Times of the first line and of the end, epoch milliseconds; lines are spread evenly between. */
  fromMs: number;
  toMs: number;
  lines: number;
  kind: SeededKind;
}

export const SEEDED_KINDS = ['plain', 'hostile', 'service'] as const;
export type SeededKind = (typeof SEEDED_KINDS)[number];

/** The lines with `fromMs` <= timestamp < `toMs`, in order. */
export function seededLines(log: SeededLog, fromMs: number, toMs: number): LogLine[] {
  const spread = (log.toMs - log.fromMs) / log.lines;
  const timeOf = (i: number) => log.fromMs + Math.floor(i * spread);
  const found: LogLine[] = [];
  let i = Math.max(0, Math.floor((fromMs - log.fromMs) / spread) - 1);
  while (i > 0 && timeOf(i - 1) >= fromMs) i -= 1;
  for (; i < log.lines; i += 1) {
    const timestamp = timeOf(i);
    if (timestamp >= toMs) break;
    if (timestamp >= fromMs) found.push({ stream: log.stream, timestamp, message: messageOf(log, i, timestamp) });
  }
  return found;
}

function messageOf({ kind }: SeededLog, i: number, at: number): string {
  if (kind === 'hostile') return hostileLine(i);
  const time = new Date(at).toISOString();
  if (kind === 'service') return serviceLine(i, time);
  const level = i % 5_000 === 4_999 ? 'WARN ' : 'INFO ';
  return `${time} ${level} trainer: line ${i} tokens ${(i * 7919) % 8192} loss ${(((i * 31) % 997) / 997).toFixed(4)}`;
}

/** What an agent on a cluster of its own may write: records of requests, a few of them slow or failed. */
function serviceLine(i: number, time: string): string {
  const failed = i % 97 === 96;
  return JSON.stringify({
    timestamp: time,
    level: failed ? 'ERROR' : 'INFO',
    message: failed ? 'tool call timed out' : 'rollout served',
    rolloutId: `rollout-${i}`,
    turns: 1 + (i % 9),
    durationMs: 400 + ((i * 131) % 9_000),
    pod: `agent-${i % 3}`,
  });
}
