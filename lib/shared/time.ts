/** Times and durations as text. Pure: `now` is always an argument. */

const NBSP = '\u00a0';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;
const YEAR = 365 * DAY;

/** Milliseconds since the epoch of an ISO time, or undefined for anything that is not one. */
export function parseTime(iso: string | undefined): number | undefined {
  if (!iso) return undefined;
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? undefined : ms;
}

/** A duration in its two largest units: `420 ms`, `42 s`, `2 min 5 s`, `18 min`, `4 h 18 min`, `3 d 4 h`. */
export function formatDuration(durationMs: number): string {
  if (!Number.isFinite(durationMs)) return String(durationMs);
  const ms = Math.max(0, durationMs);
  if (ms > 0 && ms < SECOND) return `${Math.round(ms)}${NBSP}ms`;
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)}${NBSP}s`;
  // Seconds matter in a short phase and are noise in a long one.
  if (ms < 10 * MINUTE) return pair(ms, MINUTE, 'min', SECOND, 's');
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}${NBSP}min`;
  if (ms < DAY) return pair(ms, HOUR, 'h', MINUTE, 'min');
  return pair(ms, DAY, 'd', HOUR, 'h');
}

function pair(ms: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const first = Math.floor(ms / large);
  const second = Math.floor((ms % large) / small);
  const head = `${first}${NBSP}${largeUnit}`;
  return second === 0 ? head : `${head} ${second}${NBSP}${smallUnit}`;
}

/** How long ago, in one unit: `just now`, `12 s ago`, `4 min ago`, `3 h ago`, `2 d ago`, `5 mo ago`, `2 y ago`; or `in 4 min`. */
export function formatRelative(timeMs: number, nowMs: number): string {
  const gap = nowMs - timeMs;
  const size = Math.abs(gap);
  // Clocks of two machines differ by a second or two; that is not worth a word.
  if (size < 5 * SECOND) return 'just now';
  const text = oneUnit(size);
  return gap >= 0 ? `${text} ago` : `in ${text}`;
}

function oneUnit(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)}${NBSP}s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}${NBSP}min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)}${NBSP}h`;
  if (ms < 2 * MONTH) return `${Math.floor(ms / DAY)}${NBSP}d`;
  if (ms < YEAR) return `${Math.floor(ms / MONTH)}${NBSP}mo`;
  return `${Math.floor(ms / YEAR)}${NBSP}y`;
}

/** The age of data in words: `as of 4 s ago`, `as of now`. */
export function formatAge(ageMs: number): string {
  return ageMs < 1.5 * SECOND ? 'as of now' : `as of ${oneUnit(Math.max(0, ageMs))} ago`;
}

/** The absolute time in UTC: `2026-06-03 12:05:09 UTC`. */
export function formatUtc(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

const zonedFormats = new Map<string | undefined, Intl.DateTimeFormat>();

/** The absolute time in a zone (the viewer's when left out), with the zone's name. Only for the browser: servers do not know the zone. */
export function formatZoned(timeMs: number, timeZone?: string): string {
  const known = zonedFormats.get(timeZone);
  if (known) return known.format(timeMs);
  const format = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    timeZone,
  });
  zonedFormats.set(timeZone, format);
  return format.format(timeMs);
}
