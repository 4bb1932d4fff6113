import { formatDuration } from '../shared/time';

/** A line of a log with the three times it may carry. */
export interface TimedLine {
  /** The time of the log event: the writer's clock. */
  atMs: number;
  /** When CloudWatch received it: AWS's clock. */
  ingestedMs?: number;
  message: string;
}

/** Less is network and rounding. */
const LEAST_MS = 5_000;
/** One odd line is no clock. */
const LEAST_LINES = 3;
const STAMP = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)/;

/**
 * Whether the clock behind a log seems to differ from the one of AWS, in one sentence for people; undefined when it does not.
 * Two signs: events that are stamped later than CloudWatch received them, and time stamps inside of lines that all differ
 * from the events' own by about as much. Stamps without a zone are left out: they may be local time.
 */
export function findSkew(label: string, lines: readonly TimedLine[]): string | undefined {
  const early = lines.flatMap(({ atMs, ingestedMs }) => (ingestedMs === undefined ? [] : [atMs - ingestedMs]));
  const ahead = early.length > 0 ? Math.max(...early) : 0;
  if (ahead > LEAST_MS) {
    return `${label}: lines are stamped up to ${formatDuration(ahead)} later than AWS received them, so its clock seems to run ahead. ${UNCHANGED}`;
  }
  const offsets = lines
    .flatMap(({ atMs, message }) => {
      const inside = Date.parse((STAMP.exec(message.slice(0, 300))?.[0] ?? '').replace(',', '.'));
      return Number.isNaN(inside) ? [] : [inside - atMs];
    })
    .sort((a, b) => a - b);
  const median = offsets[offsets.length >> 1];
  if (median === undefined || offsets.length < LEAST_LINES || Math.abs(median) < LEAST_MS) return undefined;
  const [low, high] = [offsets[offsets.length >> 2] ?? 0, offsets[(offsets.length * 3) >> 2] ?? 0];
  // Times that lines tell of other things spread; a clock that is wrong is wrong by the same.
  if (high - low > Math.abs(median) / 2) return undefined;
  const [by, which] = [formatDuration(Math.abs(median)), median > 0 ? 'ahead of' : 'behind'];
  return `${label}: the time stamps inside its lines are ${by} ${which} the times CloudWatch has for them. ${UNCHANGED}`;
}

const UNCHANGED = 'Entries stand in the order of the times they came with; seconds between sources may mislead.';
