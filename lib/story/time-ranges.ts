/** A stretch of time in epoch milliseconds, both ends inside. */
export interface TimeRange {
  fromMs: number;
  toMs: number;
}

/** Joins a stretch to those known; stretches that touch become one. Sorted, oldest first. */
export function addRange(known: readonly TimeRange[], added: TimeRange): TimeRange[] {
  if (added.fromMs > added.toMs) return [...known];
  const sorted = [...known, added].sort((a, b) => a.fromMs - b.fromMs);
  const joined: TimeRange[] = [];
  for (const range of sorted) {
    const last = joined.at(-1);
    if (last && range.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, range.toMs);
    else joined.push({ ...range });
  }
  return joined;
}

/** What of a wanted stretch is not among those known, newest first: the newest is what people wait for. */
export function missingRanges(known: readonly TimeRange[], wanted: TimeRange): TimeRange[] {
  const missing: TimeRange[] = [];
  let { toMs } = wanted;
  for (const range of [...known].sort((a, b) => b.toMs - a.toMs)) {
    if (range.fromMs >= toMs) continue;
    if (range.toMs < toMs && range.toMs < wanted.fromMs) break;
    if (range.toMs < toMs) missing.push({ fromMs: range.toMs, toMs });
    toMs = range.fromMs;
    if (toMs <= wanted.fromMs) return missing;
  }
  if (toMs > wanted.fromMs) missing.push({ fromMs: wanted.fromMs, toMs });
  return missing;
}
