'use client';

import { useCallback, useMemo } from 'react';
import type { Cursor } from '@/components/charts/cursor';
import { CurveChart } from '@/components/charts/curve-chart';
import type { PlacedHop } from '@/lib/metrics/place-hops';
import type { RewardChart as PreparedReward } from '@/lib/metrics/prepare-reward-chart';
import { readAt } from '@/lib/metrics/read-point';
import { ROLLOUTS_KEY } from '@/lib/metrics/reward-keys';
import { type StitchedPoint, seriesOf, xOf } from '@/lib/metrics/stitch-series';
import type { VisibleChart } from '@/lib/shared/chart-model';
import { formatInteger, formatPlural, formatSignificant } from '@/lib/shared/format';
import { formatUtc } from '@/lib/shared/time';
import type { CurveView } from './use-curve-view';
import type { Twins } from './use-twins';

interface RewardChartProps {
  prepared: PreparedReward;
  chart: VisibleChart;
  hops: readonly PlacedHop[];
  axis: CurveView['axis'];
  zoomed: boolean;
  cursor: Cursor;
  heightPx: number;
  /** Checkpoints of the steps of each hop, where they are loaded. */
  twins?: readonly (Twins | undefined)[];
  onZoom: (domain: readonly [number, number] | undefined) => void;
  onMove?: (domain: [number, number]) => void;
  onPick?: (point: StitchedPoint) => void;
}

/** How many rollouts a step was trained on, where the job tells. */
export function rolloutsAt(hops: readonly PlacedHop[], { at, step }: StitchedPoint): number | undefined {
  const placed = hops[at];
  const series = placed ? seriesOf(placed, ROLLOUTS_KEY) : undefined;
  return series?.values[series.steps.indexOf(step)] ?? undefined;
}

/** The reward curve with what a step means in words: its job, its twins, its rollouts. */
export function RewardChart(props: RewardChartProps) {
  const { prepared, chart, hops, axis, zoomed, cursor, heightPx, twins, onZoom, onMove, onPick } = props;
  const { model, stitched, validation } = prepared;
  const points = useMemo(() => {
    const all = [...validation.live, ...stitched.live];
    return new Map(all.map((point) => [xOf(point, axis), point]));
  }, [stitched, validation, axis]);
  const read = useCallback(
    (x: number) => {
      const reading = readAt(model, x, formatSignificant);
      const point = points.get(x);
      const job = point ? hops[point.at]?.hop : undefined;
      if (!point || !job) return reading;
      const notes = [
        ...(hops.length > 1 ? [job.jobName] : []),
        ...twinWords(twins?.[point.at], point.step),
        ...rolloutWords(rolloutsAt(hops, point)),
        formatUtc(point.timeMs),
      ];
      const title =
        hops.length > 1 && axis !== 'step'
          ? `Step ${formatInteger(point.step)}, ${formatInteger(point.cumulative)} of the lineage`
          : `Step ${formatInteger(point.step)}`;
      return { ...reading, title, notes };
    },
    [model, points, hops, twins, axis],
  );
  const pick = useCallback(
    (x: number) => {
      const point = points.get(x);
      if (point) onPick?.(point);
    },
    [points, onPick],
  );
  return (
    <CurveChart
      chart={chart}
      label="Reward by step"
      heightPx={heightPx}
      cursor={cursor}
      read={read}
      formatLeft={formatSignificant}
      formatRight={formatSignificant}
      onZoom={onZoom}
      onMove={onMove}
      zoomed={zoomed}
      onPick={onPick ? pick : undefined}
    />
  );
}

/** The checkpoints of a step in words; none while they are not loaded. */
function twinWords(twins: Twins | undefined, step: number): string[] {
  if (!twins) return [];
  const words = (twins.get(step) ?? []).flatMap(({ kind, version }) =>
    kind === 'unknown' ? [] : [`${kind} ${formatInteger(version)}`],
  );
  return [words.length > 0 ? `Checkpoints: ${words.join(', ')}` : 'No checkpoint of this step is known'];
}

const rolloutWords = (count: number | undefined): string[] =>
  count === undefined ? [] : [formatPlural(count, 'rollout')];
