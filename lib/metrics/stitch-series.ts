import type { Series } from '../contract/metrics';
import type { AxisMode, PlacedHop } from './place-hops';

/** One value of one metric, and where it came from. */
export interface StitchedPoint {
  /** Place of its job in the branch. */
  at: number;
  step: number;
  cumulative: number;
  timeMs: number;
  value: number | null;
}

/** One metric of a whole branch. */
export interface Stitched {
  key: string;
  /** The line that counts, in order of cumulative steps. */
  live: StitchedPoint[];
  /** What jobs trained beyond the checkpoint that the next one started from. */
  tails: { at: number; points: StitchedPoint[] }[];
}

/** Its series of a hop, if it ever arrived. */
export const seriesOf = (placed: PlacedHop, key: string): Series | undefined =>
  placed.hop.series.find((series) => series.key === key);

/**
 * One metric over a branch. Beyond the checkpoint a job started from, the job wins over what its parent went on to train
 * there: that becomes a tail. Of a step that both have, the parent's value counts up to the checkpoint.
 */
export function stitchSeries(hops: readonly PlacedHop[], key: string): Stitched {
  const live: StitchedPoint[] = [];
  const tails: Stitched['tails'] = [];
  hops.forEach((placed, at) => {
    const series = seriesOf(placed, key);
    if (!series) return;
    const { offset, lastStep } = placed;
    const begin = live.at(-1)?.cumulative ?? Number.NEGATIVE_INFINITY;
    const tail: StitchedPoint[] = [];
    series.steps.forEach((step, place) => {
      const value = series.values[place] ?? null;
      const point = { at, step, cumulative: offset + step, timeMs: series.timesMs[place] ?? Number.NaN, value };
      if (lastStep !== undefined && step > lastStep) tail.push(point);
      // A child measures its first checkpoint again at its start; the parent's own value of that step stays.
      else if (point.cumulative > begin) live.push(point);
    });
    if (tail.length > 0) tails.push({ at, points: tail });
  });
  return { key, live, tails };
}

/** Where a point stands on an axis. */
export function xOf(point: StitchedPoint, axis: AxisMode): number {
  if (axis === 'time') return point.timeMs;
  return axis === 'step' ? point.step : point.cumulative;
}

/**
 * The live line cut into pieces whose x ascends: one for the whole branch on cumulative steps and on time, one a run of
 * resumes on own steps, where every iterate starts at 1 again.
 */
export function piecesOf(stitched: Stitched, hops: readonly PlacedHop[], axis: AxisMode): StitchedPoint[][] {
  if (axis !== 'step') {
    const points = axis === 'time' ? [...stitched.live].sort((a, b) => a.timeMs - b.timeMs) : stitched.live;
    return points.length > 0 ? [points] : [];
  }
  const pieces: StitchedPoint[][] = [];
  let last = -1;
  for (const point of stitched.live) {
    const startsAnew = point.at !== last && hops.slice(last + 1, point.at + 1).some((placed) => !placed.goesOn);
    if (pieces.length === 0 || startsAnew) pieces.push([]);
    pieces.at(-1)?.push(point);
    last = point.at;
  }
  return pieces;
}
