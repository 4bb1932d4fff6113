'use client';

import type { NodeProps } from '@xyflow/react';
import { type CSSProperties, memo } from 'react';
import { MiddleCut } from '@/components/ui/middle-cut';
import { StatusIcon } from '@/components/ui/status-icon';
import type { GraphBar } from '@/lib/shared/graph-model';
import classes from './graph.module.css';
import { useGraph } from './graph-context';
import type { Detail } from './pick-visible';

/** Inside the bar; a shorter bar has no room for a line that says something. */
const SPARK_PX = 12;
const SPARK_FROM_PX = 60;

/** A bar with its name above, its strokes on it and its state at its end. */
export const BarNode = memo(function BarNode({ data }: NodeProps) {
  const bar = data as unknown as GraphBar;
  const { detail, activeId, selectedId, onSelect, onActive, onToggleMore, onOpenTick } = useGraph();
  const near = detail === 'near';
  const style = { '--bar-colour': bar.colour, '--bar-width': `${bar.width}px` } as CSSProperties;
  return (
    <div
      className={classes.bar}
      style={style}
      data-tone={bar.tone}
      data-live={bar.live || undefined}
      data-pill={bar.pill || undefined}
      data-strong={bar.strong || undefined}
      data-faint={bar.faint || undefined}
      data-selected={bar.id === selectedId || undefined}
    >
      {bar.stub ? <span className={classes.stub} title={bar.stub} /> : null}
      <button
        type="button"
        className={classes.body}
        data-graph-id={bar.id}
        tabIndex={bar.id === activeId ? 0 : -1}
        aria-label={bar.description}
        aria-pressed={bar.id === selectedId}
        onFocus={() => onActive(bar.id)}
        onClick={() => onSelect(bar.id)}
      >
        {detail !== 'far' && !bar.pill ? (
          <span className={classes.label} style={{ maxWidth: bar.labelWidth }}>
            <MiddleCut text={bar.label} tailLength={8} />
          </span>
        ) : null}
        {bar.pill ? <Pill bar={bar} detail={detail} /> : <span className={classes.track} />}
      </button>
      {detail !== 'far' && bar.ticks.length > 0 ? <Ticks bar={bar} onOpen={onOpenTick} /> : null}
      {near && bar.spark && bar.width >= SPARK_FROM_PX ? <Spark values={bar.spark} width={bar.width} /> : null}
      {bar.pill ? null : (
        <span className={classes.end}>
          <StatusIcon tone={bar.tone} sizePx={detail === 'far' ? 30 : detail === 'mid' ? 22 : 16} />
        </span>
      )}
      {bar.more && detail !== 'far' ? (
        <button
          type="button"
          className={classes.more}
          tabIndex={-1}
          onClick={() => onToggleMore?.(bar.id)}
          aria-label={`${bar.more.closed ? 'Open' : 'Show'} ${bar.more.text} ${bar.label}`}
        >
          +{bar.more.count}
        </button>
      ) : null}
    </div>
  );
});

function Pill({ bar, detail }: { bar: GraphBar; detail: Detail }) {
  return (
    <>
      {detail === 'near' ? (
        <span className={classes.label} style={{ maxWidth: bar.labelWidth }}>
          {bar.label}
        </span>
      ) : null}
      <span className={classes.pill}>
        {detail === 'far' ? null : (
          <>
            {bar.tone === 'completed' ? null : <StatusIcon tone={bar.tone} sizePx={14} />}
            {bar.value ?? bar.note}
          </>
        )}
      </span>
    </>
  );
}

/** Every counted range as one stroke; a click opens the range below the pointer. */
function Ticks({ bar, onOpen }: { bar: GraphBar; onOpen?: (id: string) => void }) {
  const path = bar.ticks
    .map(({ x, width, strength }) => {
      const height = 3 + 5 * strength;
      return `M${(x + width - bar.x).toFixed(1)} ${(10 - height).toFixed(1)}v${height.toFixed(1)}`;
    })
    .join('');
  return (
    // The same ranges are offered by the panel of the bar, for hands without a pointer.
    <svg
      className={classes.ticks}
      width={bar.width}
      height={12}
      aria-hidden="true"
      onClick={(event) => {
        const { left, width } = event.currentTarget.getBoundingClientRect();
        const x = bar.x + ((event.clientX - left) / width) * bar.width;
        const tick = bar.ticks.find((each) => x <= each.x + each.width) ?? bar.ticks.at(-1);
        if (tick) onOpen?.(tick.id);
      }}
    >
      <path d={path} />
    </svg>
  );
}

function Spark({ values, width }: { values: (number | undefined)[]; width: number }) {
  let open = false;
  const path = values
    .map((value, index) => {
      if (value === undefined) {
        open = false;
        return '';
      }
      const command = open ? 'L' : 'M';
      open = true;
      const x = (index / Math.max(1, values.length - 1)) * width;
      return `${command}${x.toFixed(1)} ${((1 - value) * SPARK_PX).toFixed(1)}`;
    })
    .join('');
  return (
    <svg className={classes.spark} width={width} height={SPARK_PX} aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
