'use client';

import { IconPinFilled, IconStar } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { CheckpointIcon } from '@/components/ui/checkpoint-icon';
import { MiddleCut } from '@/components/ui/middle-cut';
import { StatusWord } from '@/components/ui/status-word';
import { TimeText } from '@/components/ui/time-text';
import type { GetLineageResponse, LineageLane } from '@/lib/contract/lineage';
import { shownStatus } from '@/lib/jobs/status';
import { edgeWords, laneWords, problemWords } from '@/lib/lineage/lane-words';
import { toListRows } from '@/lib/lineage/list-rows';
import { markId } from '@/lib/lineage/prepare-graph';
import { formatInteger, formatPlural, formatSignificant } from '@/lib/shared/format';
import classes from './lineage-list.module.css';

interface LineageListProps {
  data: GetLineageResponse;
  selectedId: string | undefined;
  onSelect: (id: string) => void;
  onToggleBelow: (lane: string) => void;
}

/** Deeper levels are told by the reader, but drawn no further in: a chain of fifty would leave no room for names. */
const DEEPEST_INDENT = 8;

/** The same lineage as a tree of lines: for readers, for phones, for whoever likes to read. */
export function LineageList({ data, selectedId, onSelect, onToggleBelow }: LineageListProps) {
  const rows = useMemo(() => toListRows(data.lanes), [data.lanes]);
  const [active, setActive] = useState<string>();
  const selectedLane = selectedId?.split('@')[0];
  const activeId = rows.some(({ lane }) => lane.id === active) ? active : (selectedLane ?? rows[0]?.lane.id);
  const at = rows.findIndex(({ lane }) => lane.id === activeId);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const go = (lane: string | undefined) => {
      if (lane === undefined) return;
      event.preventDefault();
      setActive(lane);
      event.currentTarget.querySelector<HTMLElement>(`[data-lane="${CSS.escape(lane)}"]`)?.focus();
    };
    const row = rows[at];
    if (event.target instanceof HTMLElement && event.target.getAttribute('role') !== 'treeitem') return;
    if (event.key === 'ArrowDown') go(rows[at + 1]?.lane.id);
    else if (event.key === 'ArrowUp') go(rows[at - 1]?.lane.id);
    else if (event.key === 'Home') go(rows[0]?.lane.id);
    else if (event.key === 'End') go(rows.at(-1)?.lane.id);
    else if (event.key === 'ArrowLeft' && row) {
      if (row.lane.hasChildren && !row.lane.hidden?.closed) {
        event.preventDefault();
        onToggleBelow(row.lane.id);
      } else go(row.lane.parent?.lane);
    } else if (event.key === 'ArrowRight' && row) {
      if (row.lane.hidden) {
        event.preventDefault();
        onToggleBelow(row.lane.id);
      } else if ((rows[at + 1]?.level ?? 0) > row.level) go(rows[at + 1]?.lane.id);
    } else if ((event.key === 'Enter' || event.key === ' ') && row) {
      event.preventDefault();
      onSelect(row.lane.id);
    }
  };

  return (
    <div className={classes.tree} role="tree" aria-label="Lineage of jobs" onKeyDown={onKeyDown}>
      {rows.map(({ lane, level, position, siblings }) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the tree listens for all of its lines
        <div
          key={lane.id}
          role="treeitem"
          className={classes.row}
          style={{ paddingLeft: 12 + 18 * Math.min(level - 1, DEEPEST_INDENT) }}
          data-lane={lane.id}
          data-faint={lane.context || undefined}
          aria-level={level}
          aria-posinset={position}
          aria-setsize={siblings}
          aria-selected={lane.id === selectedLane}
          aria-expanded={lane.hasChildren ? !lane.hidden : undefined}
          aria-label={laneWords(lane)}
          tabIndex={lane.id === activeId ? 0 : -1}
          onFocus={() => setActive(lane.id)}
          onClick={() => onSelect(lane.id)}
        >
          <Line lane={lane} onSelect={onSelect} onToggleBelow={onToggleBelow} />
        </div>
      ))}
    </div>
  );
}

function Line({
  lane,
  onSelect,
  onToggleBelow,
}: { lane: LineageLane } & Pick<LineageListProps, 'onSelect' | 'onToggleBelow'>) {
  const { label, tone } = shownStatus(lane.jobStatus, lane.secondaryStatus);
  return (
    <>
      <span className={classes.head}>
        <StatusWord tone={tone} label={label} />
        <span className={classes.name}>
          <MiddleCut text={lane.jobName} tailLength={14} />
        </span>
        {lane.best ? <IconStar size={14} className={classes.star} aria-hidden="true" /> : null}
        {lane.score ? <span className={classes.score}>{formatSignificant(lane.score.value)}</span> : null}
      </span>
      <span className={classes.facts}>
        {lane.parent ? (
          <span data-kind={lane.parent.kind}>{problemWords(lane.parent) ?? edgeWords(lane.parent)}</span>
        ) : (
          'from the base model'
        )}
        <TimeText iso={lane.creationTime} focusable={false} />
        {lane.lastStep === undefined ? null : <span>step {formatInteger(lane.lastStep)}</span>}
      </span>
      {lane.marks.length > 0 ? (
        <span className={classes.marks}>
          {lane.marks.map((mark) => (
            <button
              key={mark.step}
              type="button"
              tabIndex={-1}
              className={classes.mark}
              onClick={(event) => {
                event.stopPropagation();
                onSelect(markId(lane.id, mark.step));
              }}
            >
              <CheckpointIcon kind={mark.resumable ? 'resumable' : mark.model ? 'model' : 'unknown'} sizePx={10} />
              {formatInteger(mark.step)}
              {mark.score === undefined ? null : ` · ${formatSignificant(mark.score)}`}
              {mark.roles.includes('pinned') ? <IconPinFilled size={11} aria-label="pinned" /> : null}
            </button>
          ))}
        </span>
      ) : null}
      {lane.hidden ? (
        <button
          type="button"
          tabIndex={-1}
          className={classes.more}
          onClick={(event) => {
            event.stopPropagation();
            onToggleBelow(lane.id);
          }}
        >
          {formatPlural(lane.hidden.jobs, 'job')} below not shown: show
        </button>
      ) : null}
    </>
  );
}
