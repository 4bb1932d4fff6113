import type { CSSProperties } from 'react';
import { CheckpointIcon } from '@/components/ui/checkpoint-icon';
import { Hint } from '@/components/ui/hint';
import { StatusIcon } from '@/components/ui/status-icon';
import type { TickRow, TimelineFold, TimelineItem, TimelineModel } from '@/lib/shared/timeline-model';
import classes from './status-timeline.module.css';

interface StatusTimelineProps {
  model: TimelineModel;
  /** Rows of ticks on the same clock. */
  tickRows: TickRow[];
}

const percent = (fraction: number) => `${(fraction * 100).toFixed(3)}%`;

/**
 * Draws a prepared timeline: bars, end marks, folds, the live edge, rows of ticks and an axis of elapsed time. It is a
 * picture with one sentence for screen readers; the page lists the same items as a table beside it.
 */
export function StatusTimeline({ model, tickRows }: StatusTimelineProps) {
  const { items, folds, axis, laneCount, nowAt, summary } = model;
  return (
    <div className={classes.timeline} role="img" aria-label={summary}>
      <div className={classes.rowName}>Status</div>
      <div className={classes.plot} style={{ '--lanes': laneCount } as CSSProperties} data-kind="bars">
        {folds.map((fold) => (
          <Fold key={fold.left} fold={fold} />
        ))}
        {items.map((item) => (item.kind === 'span' ? <Bar key={item.id} item={item} /> : null))}
        {items.map((item) => (item.kind === 'mark' ? <Mark key={item.id} item={item} /> : null))}
        {nowAt === undefined ? null : <div className={classes.now} style={{ left: percent(nowAt) }} />}
      </div>
      {tickRows.map((row) => (
        <Ticks key={row.id} row={row} />
      ))}
      <div className={classes.rowName} aria-hidden="true" />
      <div className={classes.plot} data-kind="axis">
        {axis.map(({ at, label }) => (
          <span key={at} className={classes.axisLabel} data-edge={edgeOf(at)} style={{ left: percent(at) }}>
            {label}
          </span>
        ))}
      </div>
    </div>
  );
}

function Bar({ item }: { item: TimelineItem }) {
  const style = {
    left: percent(item.left),
    width: percent(item.right - item.left),
    '--lane': item.lane,
  } as CSSProperties;
  return (
    <div className={classes.bar} style={style} data-tone={item.tone} data-open={item.open || undefined}>
      <Hint label={<Words item={item} />} focusable={false} className={classes.fill}>
        <span className={classes.barLabel}>{item.label}</span>
      </Hint>
    </div>
  );
}

function Mark({ item }: { item: TimelineItem }) {
  const style = { left: percent(item.left), '--lane': item.lane } as CSSProperties;
  return (
    <div className={classes.mark} style={style}>
      <Hint label={<Words item={item} />} focusable={false} className={classes.markIcon}>
        <StatusIcon tone={item.tone} sizePx={16} />
      </Hint>
    </div>
  );
}

function Words({ item }: { item: TimelineItem }) {
  return <span className={classes.words}>{item.text}</span>;
}

function Fold({ fold }: { fold: TimelineFold }) {
  return (
    <div className={classes.fold} style={{ left: percent(fold.left), width: percent(fold.right - fold.left) }}>
      <Hint label={fold.text} focusable={false} className={classes.foldLabel}>
        {fold.label}
      </Hint>
    </div>
  );
}

function Ticks({ row }: { row: TickRow }) {
  return (
    <>
      <div className={classes.rowName}>
        {row.label} <span className={classes.rowCount}>{row.count}</span>
      </div>
      <div className={classes.plot} data-kind="ticks" data-checkpoint={row.kind}>
        {row.lines.length > 0 ? (
          <svg className={classes.lines} viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
            <path
              d={row.lines.map((at) => `M${(at * 1000).toFixed(1)} 0v10`).join('')}
              vectorEffect="non-scaling-stroke"
            />
          </svg>
        ) : null}
        {row.shapes.map((shape, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: two checkpoints of one row may share place and label
            key={index}
            className={classes.tick}
            data-strong={shape.strong || undefined}
            style={{ left: percent(shape.at) }}
          >
            <Hint label={shape.label} focusable={false}>
              <CheckpointIcon kind={row.kind} sizePx={shape.strong ? 14 : 11} />
            </Hint>
          </div>
        ))}
      </div>
    </>
  );
}

/** Labels at the ends stay inside the picture. */
function edgeOf(at: number): 'start' | 'end' | undefined {
  if (at < 0.02) return 'start';
  return at > 0.97 ? 'end' : undefined;
}
