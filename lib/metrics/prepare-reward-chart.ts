import type { ChartBand, ChartLine, ChartModel } from '../shared/chart-model';
import { type Best, findBest } from './best-mark';
import { metricLabel } from './metric-words';
import type { AxisMode, PlacedHop } from './place-hops';
import { parsePassKey, passAtKey, REWARD } from './reward-keys';
import { lostWords, prepareSeams } from './seams';
import { smooth } from './smooth';
import { piecesOf, type Stitched, type StitchedPoint, stitchSeries, xOf } from './stitch-series';

export interface RewardChart {
  model: ChartModel;
  best?: Best;
  stitched: Stitched;
  validation: Stitched;
  /** Steps lost and redone, and steps left aside, one sentence a seam. */
  losses: string[];
}

interface RewardOptions {
  axis: AxisMode;
  /** 0 to 0.99. */
  smoothing: number;
  /** Of which k pass@k is drawn; undefined: of the smallest and the largest that arrived. */
  passKs?: readonly number[];
}

export const AXIS_LABELS: Record<AxisMode, string> = {
  step: 'Step',
  cumulative: 'Step of the whole lineage',
  time: 'Time since the start',
};

/** The weight the best mark is found with where the viewer smooths less: single steps of a reward are noise. */
const BEST_WEIGHT = 0.6;

interface Columns {
  xs: number[];
  ys: (number | null)[];
}

/** Columns of a piece. On the clock nobody trains between two jobs: a gap, not a line. */
export function toColumns(
  points: readonly StitchedPoint[],
  values: readonly (number | null)[],
  axis: AxisMode,
): Columns {
  const columns: Columns = { xs: [], ys: [] };
  points.forEach((point, place) => {
    const before = points[place - 1];
    const x = xOf(point, axis);
    if (axis === 'time' && before && before.at !== point.at) {
      columns.xs.push((xOf(before, axis) + x) / 2);
      columns.ys.push(null);
    }
    columns.xs.push(x);
    columns.ys.push(values[place] ?? null);
  });
  return columns;
}

const valuesOf = (points: readonly StitchedPoint[]) => points.map(({ value }) => value);

/** The smoothed values of a piece. An iterate starts anew, and so does its average. */
export function smoothPiece(points: readonly StitchedPoint[], hops: readonly PlacedHop[], weight: number) {
  const smoothed: (number | null)[] = [];
  let start = 0;
  for (let place = 1; place <= points.length; place += 1) {
    const point = points[place];
    const before = points[place - 1];
    const anew =
      !point ||
      (point.at !== before?.at && hops.slice((before?.at ?? 0) + 1, point.at + 1).some((placed) => !placed.goesOn));
    if (!anew) continue;
    smoothed.push(...smooth(valuesOf(points.slice(start, place)), weight));
    start = place;
  }
  return smoothed;
}

/** Lines of one metric over a branch: raw behind, smoothed in front, discarded tails dimmed. */
export function curveLines(
  stitched: Stitched,
  hops: readonly PlacedHop[],
  { axis, smoothing }: RewardOptions,
  { id, label, colour }: { id: string; label: string; colour: string },
): ChartLine[] {
  const base = { side: 'left', label, colour } as const;
  const tails = stitched.tails.map(
    ({ at, points }): ChartLine => ({
      ...base,
      id: `${id}-tail-${at}`,
      label: `${label}, ${hops[at]?.beyond === 'redone' ? 'lost and redone' : 'left aside'}`,
      look: 'dimmed',
      ...toColumns(points, valuesOf(points), axis),
    }),
  );
  const live = piecesOf(stitched, hops, axis).flatMap((points, piece): ChartLine[] => {
    const raw = toColumns(points, valuesOf(points), axis);
    if (smoothing === 0) return [{ ...base, id: `${id}-${piece}`, look: 'strong', ...raw }];
    const smoothed = toColumns(points, smoothPiece(points, hops, smoothing), axis);
    return [
      { ...base, id: `${id}-raw-${piece}`, label: `${label}, raw`, look: 'pale', ...raw },
      { ...base, id: `${id}-${piece}`, look: 'strong', counts: false, ...smoothed },
    ];
  });
  return [...tails, ...live];
}

/** The band between two metrics that are told at the same steps. */
export function bandOf(
  [low, high]: [Stitched, Stitched],
  hops: readonly PlacedHop[],
  axis: AxisMode,
  { id, label, colour, opacity }: { id: string; label: string; colour: string; opacity: number },
): ChartBand[] {
  const highs = new Map(high.live.map((point) => [`${point.at} ${point.step}`, point.value]));
  return piecesOf(low, hops, axis).map((points, piece) => {
    const lows = toColumns(points, valuesOf(points), axis);
    const tops = toColumns(
      points,
      points.map((point) => highs.get(`${point.at} ${point.step}`) ?? null),
      axis,
    );
    return { id: `${id}-${piece}`, label, colour, opacity, xs: lows.xs, lows: lows.ys, highs: tops.ys };
  });
}

/** Mean ± std as two metrics, kept inside what really occurred. */
function spreadOf(mean: Stitched, std: Stitched, min: Stitched, max: Stitched): [Stitched, Stitched] {
  const keyed = (stitched: Stitched) =>
    new Map(stitched.live.map((point) => [`${point.at} ${point.step}`, point.value]));
  const [stds, mins, maxs] = [keyed(std), keyed(min), keyed(max)];
  const side = (sign: 1 | -1): Stitched => ({
    key: mean.key,
    tails: [],
    live: mean.live.map((point) => {
      const place = `${point.at} ${point.step}`;
      const by = stds.get(place) ?? null;
      if (point.value === null || by === null) return { ...point, value: null };
      const value = point.value + sign * by;
      const low = mins.get(place) ?? Number.NEGATIVE_INFINITY;
      const high = maxs.get(place) ?? Number.POSITIVE_INFINITY;
      return { ...point, value: Math.min(high, Math.max(low, value)) };
    }),
  });
  return [side(-1), side(1)];
}

/** Of the k in their order: neighbours differ, and none is the colour of reward or validation. */
const PASS_COLOURS = [7, 2, 4, 5, 12, 9].map((place) => `var(--cairn-job-${place})`);

/** The k whose pass@k arrived for any job of a branch, ascending. */
export function availablePassKs(hops: readonly PlacedHop[]): number[] {
  const ks = hops.flatMap(({ hop }) =>
    hop.series.flatMap(({ key, steps }) => {
      const pass = parsePassKey(key);
      return pass?.of === 'val' && pass.kind === 'at' && steps.length > 0 ? [pass.k] : [];
    }),
  );
  return [...new Set(ks)].sort((a, b) => a - b);
}

/** What is drawn unasked: the smallest and the largest. */
export const defaultPassKs = (ks: readonly number[]): number[] =>
  [...new Set([ks[0], ks.at(-1)])].filter((k) => k !== undefined);

/** Reward of a branch: mean with what lies around it, validation and pass@k on an axis of their own, seams and the best. */
export function prepareRewardChart(hops: readonly PlacedHop[], options: RewardOptions): RewardChart {
  const { axis, smoothing, passKs } = options;
  const of = (key: string) => stitchSeries(hops, key);
  const mean = of(REWARD.mean);
  const [min, max, std, validation] = [of(REWARD.min), of(REWARD.max), of(REWARD.std), of(REWARD.validation)];
  const colour = 'var(--cairn-accent)';
  const bands = [
    ...bandOf([min, max], hops, axis, { id: 'minmax', label: 'Lowest to highest', colour, opacity: 0.07 }),
    ...bandOf(spreadOf(mean, std, min, max), hops, axis, { id: 'std', label: 'Mean ± std', colour, opacity: 0.12 }),
  ];
  const rightLines = rightSide(hops, validation, axis, passKs ?? defaultPassKs(availablePassKs(hops)));
  const lines = [...curveLines(mean, hops, options, { id: 'reward', label: 'Mean reward', colour }), ...rightLines];
  const bestSmoothed = smoothPiece(mean.live, hops, Math.max(smoothing, BEST_WEIGHT));
  const best = findBest(validation.live, mean.live, bestSmoothed);
  const stops = [...new Set([...mean.live, ...validation.live].map((point) => xOf(point, axis)))].sort((a, b) => a - b);
  return {
    best,
    stitched: mean,
    validation,
    losses: hops.flatMap((placed, at) => lostWords(placed, mean, at) || []),
    model: {
      xKind: axis === 'time' ? 'time' : 'step',
      xLabel: AXIS_LABELS[axis],
      leftLabel: 'Training reward',
      ...(rightLines.length > 0 ? { rightLabel: 'Validation' } : {}),
      ...withExtent(lines),
      lines,
      bands,
      seams: prepareSeams(hops, mean, axis),
      marks: best
        ? [
            {
              x: xOf(best.point, axis),
              y: best.value,
              side: best.by === 'validation' ? 'right' : 'left',
              on: best.by === 'validation' ? 'validation' : 'reward',
              label: best.label,
            },
          ]
        : [],
      spans: [],
      stops,
    },
  };
}

/** Validation as dots, with the pass@k that were chosen. */
function rightSide(
  hops: readonly PlacedHop[],
  validation: Stitched,
  axis: AxisMode,
  passKs: readonly number[],
): ChartLine[] {
  const all = availablePassKs(hops);
  const line = (stitched: Stitched, id: string, label: string, colour: string, dash?: string): ChartLine[] =>
    piecesOf(stitched, hops, axis).map((points, piece) => ({
      id: `${id}-${piece}`,
      label,
      side: 'right',
      look: 'points',
      colour,
      ...(dash ? { dash } : {}),
      ...toColumns(points, valuesOf(points), axis),
    }));
  return [
    ...all.flatMap((k, place) => {
      if (!passKs.includes(k)) return [];
      // By its place among all of them, so that choosing another changes nobody's colour.
      const colour = PASS_COLOURS[place % PASS_COLOURS.length] ?? '';
      return line(stitchSeries(hops, passAtKey(k)), `pass-${k}`, metricLabel(passAtKey(k)), colour, '4 3');
    }),
    ...line(validation, 'validation', 'Validation reward', 'var(--cairn-evaluation)'),
  ];
}

/** Where the curves begin and end, and where elapsed time counts from. */
export function withExtent(lines: readonly { xs: number[] }[]): Pick<ChartModel, 'extent' | 'zeroMs'> {
  let [from, to] = [Infinity, -Infinity];
  for (const { xs } of lines) {
    from = Math.min(from, xs[0] ?? Infinity);
    to = Math.max(to, xs.at(-1) ?? -Infinity);
  }
  return from <= to ? { extent: [from, to], zeroMs: from } : {};
}
