'use client';

import { IconAlertTriangle } from '@tabler/icons-react';
import { memo, useCallback, useMemo, useRef } from 'react';
import type { Cursor } from '@/components/charts/cursor';
import { CurveChart } from '@/components/charts/curve-chart';
import { Hint } from '@/components/ui/hint';
import { SkeletonBox } from '@/components/ui/skeleton-box';
import type { JobRef } from '@/lib/contract/jobs';
import { type MetricPanel, panelKeys } from '@/lib/metrics/metric-groups';
import type { MetricWarning } from '@/lib/metrics/metric-warnings';
import { formatMetric } from '@/lib/metrics/metric-words';
import type { AxisMode } from '@/lib/metrics/place-hops';
import { preparePanel } from '@/lib/metrics/prepare-panel';
import { readAt } from '@/lib/metrics/read-point';
import { formatInteger } from '@/lib/shared/format';
import classes from './metrics.module.css';
import { useBranch } from './use-branch';
import type { CurveView } from './use-curve-view';
import { useSeen } from './use-seen';
import { useVisibleChart } from './use-visible-chart';

interface MetricPanelCardProps {
  panel: MetricPanel;
  region: string;
  jobRef: JobRef;
  /** How the curves are looked at. */
  axis: AxisMode;
  smoothing: number;
  lineage: boolean;
  zoom: CurveView['zoom'];
  setZoom: CurveView['setZoom'];
  cursor: Cursor;
  warnings: readonly MetricWarning[];
  /** The run has the metric at all. */
  arrived: boolean;
}

const HEIGHT_PX = 150;

/** One metric. It asks for its values when it is first seen, and says so when there are none. */
export const MetricPanelCard = memo(function MetricPanelCard(props: MetricPanelCardProps) {
  const { panel, region, jobRef, axis, smoothing, lineage, zoom, setZoom, cursor, warnings, arrived } = props;
  const element = useRef<HTMLElement>(null);
  const seen = useSeen(element);
  const keys = useMemo(() => panelKeys(panel), [panel]);
  const { branch, isPending, isError, error } = useBranch(region, jobRef, keys, lineage, seen && arrived);
  const own = useMemo(() => warnings.filter(({ key }) => key === panel.key), [warnings, panel.key]);
  const model = useMemo(
    () => preparePanel(branch.hops, panel, { axis, smoothing, warnings: own }),
    [branch.hops, panel, axis, smoothing, own],
  );
  const { chart, zoomed, move } = useVisibleChart(model, zoom);
  const format = useCallback((value: number) => formatMetric(panel.key, value), [panel.key]);
  const read = useCallback(
    (x: number) => (model ? readAt(model, x, format) : { title: '', values: [], notes: [] }),
    [model, format],
  );
  return (
    <article ref={element} className={classes.card} aria-label={panel.title} data-metric={panel.key}>
      <header className={classes.cardHead}>
        <Hint label={panel.key}>
          <h3>{panel.title}</h3>
        </Hint>
        {chart && chart.shown < chart.total ? (
          <span className={classes.dim}>
            {formatInteger(chart.shown)} of {formatInteger(chart.total)} points
          </span>
        ) : null}
      </header>
      <div className={classes.cardBody}>{body()}</div>
      {own.map((warning) => (
        <p key={`${warning.kind} ${warning.fromStep}`} className={classes.warning} data-warning={warning.kind}>
          <IconAlertTriangle size={14} aria-hidden="true" />
          <span>
            {warning.title}, steps {formatInteger(warning.fromStep)} to {formatInteger(warning.toStep)}. {warning.text}
          </span>
        </p>
      ))}
    </article>
  );

  function body() {
    if (!arrived)
      return <p className={classes.never}>Never arrived: MLflow has no value of {panel.key} for this job.</p>;
    if (isError) return <p className={classes.never}>{error.message}</p>;
    if (!seen || isPending) return <SkeletonBox height={HEIGHT_PX} />;
    if (!chart) return <p className={classes.never}>Never arrived: MLflow has no value of {panel.key} for this job.</p>;
    return (
      <CurveChart
        chart={chart}
        label={panel.title}
        heightPx={HEIGHT_PX}
        cursor={cursor}
        read={read}
        formatLeft={format}
        onZoom={setZoom}
        onMove={move}
        zoomed={zoomed}
        compact
      />
    );
  }
});
