/** A stretch of the log, in epoch milliseconds; `to` is not part of it. */
export interface SearchWindow {
  from: number;
  to: number;
}

/** 1 h: only a stretch that was read to its end proves that the words are not in it, so the first ones are short. */
const FIRST_SPAN_MS = 3_600_000;

/**
 * The stretch to search next, going back in time from `to` and never before `floor`. Each is twice as long as the one
 * before (`index` counts from 0), so that even a month is a handful. Undefined when the floor is reached.
 */
export function nextSearchWindow(to: number, floor: number, index: number): SearchWindow | undefined {
  if (to <= floor) return undefined;
  return { from: Math.max(floor, to - FIRST_SPAN_MS * 2 ** Math.min(index, 20)), to };
}
