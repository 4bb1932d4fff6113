/** Round numbers of an axis: at most `count` + 1 values inside the domain, steps of 1, 2 or 5 times a power of ten. */
export function niceTicks([from, to]: readonly [number, number], count: number, whole = false): number[] {
  const span = to - from;
  if (!(span > 0) || !Number.isFinite(span)) return Number.isFinite(from) ? [from] : [];
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(whole ? 1 : 0, ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  // Not by adding up: 0.1 + 0.2 would be a label of seventeen digits.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

const MINUTE = 60_000;
const TIME_STEPS = [1, 5, 15, 30, 60, 120, 360, 720, 1440, 2880, 10_080, 43_200].map((minutes) => minutes * MINUTE);

/** Ticks of elapsed time, at whole minutes, hours or days after `zeroMs`. */
export function timeTicks([from, to]: readonly [number, number], count: number, zeroMs: number): number[] {
  const rough = (to - from) / Math.max(1, count);
  if (!(rough > 0)) return [from];
  const step = TIME_STEPS.find((each) => each >= rough) ?? Math.ceil(rough / 43_200 / MINUTE) * 43_200 * MINUTE;
  const ticks: number[] = [];
  for (let at = zeroMs + Math.ceil((from - zeroMs) / step) * step; at <= to; at += step) ticks.push(at);
  return ticks;
}

/** A domain with a little air, from the values that have to fit in; `[0, 1]` for none. */
export function paddedDomain(low: number, high: number, air = 0.05): [number, number] {
  if (!(low <= high)) return [0, 1];
  if (low === 0 && high === 0) return [0, 1];
  if (low === high) {
    const by = Math.abs(low) * 0.1 || 1;
    return [low - by, high + by];
  }
  const by = (high - low) * air;
  // A curve that never goes below zero does not get an axis that does.
  return [low >= 0 && low - by < 0 ? 0 : low - by, high <= 0 && high + by > 0 ? 0 : high + by];
}
