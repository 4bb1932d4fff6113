import type { ChartModel, VisibleChart } from '../shared/chart-model';
import { paddedDomain } from '../shared/ticks';

/** About one bucket for two pixels of a wide chart; each keeps up to four points. */
export const BUCKETS = 400;

type Values = readonly (number | null)[];

/** The first place in ascending `xs` whose value is at least `x`. */
export function firstAtLeast(xs: readonly number[], x: number): number {
  let [low, high] = [0, xs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((xs[middle] ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Places in sight: from `from` to before `to`, with one neighbour at either side, so that lines leave the frame. */
export function placesInSight(xs: readonly number[], [left, right]: readonly [number, number]) {
  const inFrom = firstAtLeast(xs, left);
  let inTo = inFrom;
  inTo = firstAtLeast(xs, right);
  while (inTo < xs.length && xs[inTo] === right) inTo += 1;
  return { from: Math.max(0, inFrom - 1), to: Math.min(xs.length, inTo + 1), inFrom, inTo };
}

/**
 * The places of the points to draw of a curve in a domain. Where there are more points than `buckets` can show, each bucket
 * of the x axis keeps its first, last, lowest and highest point, and one gap where it has one; nothing an eye could see is
 * lost, at any zoom.
 */
export function thinPlaces(
  xs: readonly number[],
  columns: Values[],
  domain: readonly [number, number],
  buckets = BUCKETS,
) {
  const { from, to, inFrom, inTo } = placesInSight(xs, domain);
  const all = to - from;
  if (all <= buckets * 4)
    return { places: Array.from({ length: all }, (_, index) => from + index), total: inTo - inFrom };
  const width = (domain[1] - domain[0]) / buckets || 1;
  const places: number[] = [];
  let start = from;
  while (start < to) {
    const bucket = Math.floor(((xs[start] ?? 0) - domain[0]) / width);
    let end = start;
    const kept = new Set<number>([start]);
    const extremes = columns.map(() => ({ low: -1, high: -1 }));
    let gap = -1;
    for (; end < to && Math.floor(((xs[end] ?? 0) - domain[0]) / width) === bucket; end += 1) {
      columns.forEach((values, column) => {
        const value = values[end];
        const extreme = extremes[column];
        if (value === null || value === undefined) gap = gap === -1 ? end : gap;
        else if (extreme) {
          if (extreme.low === -1 || value < (values[extreme.low] ?? 0)) extreme.low = end;
          if (extreme.high === -1 || value > (values[extreme.high] ?? 0)) extreme.high = end;
        }
      });
    }
    kept.add(end - 1);
    for (const { low, high } of extremes) kept.add(low).add(high);
    kept.add(gap);
    kept.delete(-1);
    places.push(...[...kept].sort((a, b) => a - b));
    start = end;
  }
  return { places, total: inTo - inFrom };
}

/** The values at some places; the values themselves where those are all of them. */
const pick = <T>(values: T[], places: number[]): T[] =>
  places.length === values.length ? values : places.map((place) => values[place] as T);

const noRange = (): [number, number] => [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** The part of a model that is in sight, thinned, with the y domains that hold every extreme of it. */
export function thinModel(model: ChartModel, domain: [number, number], buckets = BUCKETS): VisibleChart {
  let shown = 0;
  let total = 0;
  const range = { left: noRange(), right: noRange() };
  const widen = (side: 'left' | 'right', xs: number[], values: (number | null)[]) => {
    const bounds = range[side];
    for (let place = 0; place < xs.length; place += 1) {
      const x = xs[place] ?? Number.NaN;
      const value = values[place];
      if (value === null || value === undefined || x < domain[0] || x > domain[1]) continue;
      if (value < bounds[0]) bounds[0] = value;
      if (value > bounds[1]) bounds[1] = value;
    }
  };
  const lines = model.lines.map((line) => {
    const { places, total: inSight } = thinPlaces(line.xs, [line.ys], domain, buckets);
    const xs = pick(line.xs, places);
    const ys = pick(line.ys, places);
    // A smoothed line has the points of the raw one behind it: what is counted is what was measured.
    if (line.counts !== false) {
      total += inSight;
      shown += Math.min(inSight, xs.filter((x) => x >= domain[0] && x <= domain[1]).length);
    }
    widen(line.side, xs, ys);
    return { ...line, xs, ys };
  });
  const bands = model.bands.map((band) => {
    const { places } = thinPlaces(band.xs, [band.lows, band.highs], domain, buckets);
    const xs = pick(band.xs, places);
    const [lows, highs] = [pick(band.lows, places), pick(band.highs, places)];
    widen('left', xs, lows);
    widen('left', xs, highs);
    return { ...band, xs, lows, highs };
  });
  return {
    ...model,
    lines,
    bands,
    domain,
    left: paddedDomain(...range.left),
    ...(model.rightLabel ? { right: paddedDomain(...range.right) } : {}),
    shown,
    total,
  };
}
