import type { ChartModel } from '../shared/chart-model';
import type { MetricPanel } from './metric-groups';
import type { MetricWarning } from './metric-warnings';
import type { AxisMode, PlacedHop } from './place-hops';
import { AXIS_LABELS, bandOf, curveLines, withExtent } from './prepare-reward-chart';
import { prepareSeams } from './seams';
import { stitchSeries, xOf } from './stitch-series';

interface PanelOptions {
  axis: AxisMode;
  smoothing: number;
  /** Warnings of the last job of the branch. */
  warnings: readonly MetricWarning[];
}

/** One metric of a branch in a panel of its own, or undefined when it never arrived. */
export function preparePanel(
  hops: readonly PlacedHop[],
  panel: MetricPanel,
  options: PanelOptions,
): ChartModel | undefined {
  const { axis } = options;
  const stitched = stitchSeries(hops, panel.key);
  if (stitched.live.length === 0 && stitched.tails.length === 0) return undefined;
  const colour = 'var(--cairn-accent)';
  const lines = curveLines(stitched, hops, options, { id: panel.key, label: panel.title, colour });
  const bands =
    panel.low && panel.high
      ? bandOf([stitchSeries(hops, panel.low), stitchSeries(hops, panel.high)], hops, axis, {
          id: 'minmax',
          label: 'Lowest to highest',
          colour,
          opacity: 0.1,
        })
      : [];
  const last = hops.length - 1;
  const xs = new Map(stitched.live.filter((point) => point.at === last).map((point) => [point.step, xOf(point, axis)]));
  const spans = options.warnings.flatMap((warning) => {
    const [from, to] = [xs.get(warning.fromStep), xs.get(warning.toStep)];
    if (warning.key !== panel.key || from === undefined || to === undefined) return [];
    return [{ from, to, label: warning.title }];
  });
  return {
    xKind: axis === 'time' ? 'time' : 'step',
    xLabel: AXIS_LABELS[axis],
    leftLabel: panel.title,
    ...withExtent(lines),
    lines,
    bands,
    seams: prepareSeams(hops, stitched, axis).map((seam) => ({ ...seam, label: '' })),
    marks: [],
    spans,
    stops: [...new Set(stitched.live.map((point) => xOf(point, axis)))].sort((a, b) => a - b),
  };
}
