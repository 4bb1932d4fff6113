/**
 * Which line of a log a link means: its time, its stream and a mark of its text. A line number would not do: lines arrive
 * late, and retention takes the first ones away. CloudWatch's own event ids would not do either: GetLogEvents gives none.
 */
export interface LineAddress {
  /** Epoch milliseconds. */
  timestampMs: number;
  /** `lineMark` of the message; without it the link means the first line at or after the time. */
  mark?: string;
  stream?: string;
}

/** A short mark of a message, the same wherever it is worked out: 53 bits in base 36 (cyrb53, a well-mixed public-domain hash). */
export function lineMark(message: string): string {
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  for (let i = 0; i < message.length; i++) {
    const code = message.charCodeAt(i);
    h1 = Math.imul(h1 ^ code, 2654435761);
    h2 = Math.imul(h2 ^ code, 1597334677);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  return (4294967296 * (2097151 & h2) + (h1 >>> 0)).toString(36);
}

/** The address as a word for a URL: `2026-11-20T08:12:33.123Z/1x2y3z/job/stream`, or the time alone. */
export function formatLineAddress({ timestampMs, mark, stream }: LineAddress): string {
  const time = new Date(timestampMs).toISOString();
  return mark === undefined ? time : `${time}/${mark}${stream === undefined ? '' : `/${stream}`}`;
}

const ADDRESS = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z)(?:\/([0-9a-z]{1,11})(?:\/([^:*]{1,512}))?)?$/;

/** Reads such a word; undefined for anything else. */
export function parseLineAddress(text: string): LineAddress | undefined {
  const [, time, mark, stream] = ADDRESS.exec(text) ?? [];
  const timestampMs = Date.parse(time ?? '');
  if (Number.isNaN(timestampMs)) return undefined;
  return { timestampMs, ...(mark && { mark }), ...(stream && { stream }) };
}
