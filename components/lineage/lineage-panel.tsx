'use client';

import { CloseButton } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import type { GetLineageResponse } from '@/lib/contract/lineage';
import type { Selected } from '@/lib/lineage/selection';
import { formatInteger } from '@/lib/shared/format';
import { JobFacts } from './job-facts';
import classes from './lineage.module.css';
import type { LineageSlots } from './lineage-slots';
import { MarkFacts } from './mark-facts';
import { RangeSteps } from './range-steps';
import type { LineageView } from './use-lineage-view';

interface LineagePanelProps {
  region: string;
  slots: LineageSlots;
  view: LineageView;
  data: GetLineageResponse;
  selected: Selected | undefined;
  /** A range that is opened here; on the graph it opens in its place. */
  range: string | undefined;
  onOpenRange: (range: string | undefined) => void;
  onGoTo: (focus: string) => void;
  onToggleBelow: (lane: string) => void;
}

/** What is known of the thing selected, how it is known, and what can be done from here. Escape closes it. */
export function LineagePanel({
  region,
  slots,
  view,
  data,
  selected,
  range,
  onOpenRange,
  onGoTo,
  onToggleBelow,
}: LineagePanelProps) {
  const close = () => {
    view.select(undefined);
    if (view.range) view.setRange(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) close();
  };
  const mark = selected?.mark;
  const title = mark ? `Step ${formatInteger(mark.step)}` : (selected?.lane.jobName ?? 'Checkpoints');
  const kind = mark
    ? `Checkpoint of ${selected.lane.jobName}`
    : selected?.lane.jobCategory === 'AgentRFTEvaluation'
      ? 'Evaluation job'
      : selected
        ? 'Training job'
        : undefined;
  return (
    <aside className={classes.panel} aria-label={`About ${title}`} onKeyDown={onKeyDown}>
      <header className={classes.panelHead}>
        <h2 className={classes.panelTitle}>
          <span className={classes.panelKind}>{kind}</span>
          {title}
        </h2>
        <CloseButton aria-label="Close" onClick={close} />
      </header>
      {range ? (
        <RangeSteps region={region} view={view} range={range} onGoTo={onGoTo} onClose={() => onOpenRange(undefined)} />
      ) : null}
      {selected?.mark ? (
        <MarkFacts region={region} slots={slots} lane={selected.lane} mark={selected.mark} onGoTo={onGoTo} />
      ) : selected ? (
        <JobFacts
          region={region}
          data={data}
          lane={selected.lane}
          onOpenRange={onOpenRange}
          onGoTo={onGoTo}
          onToggleBelow={onToggleBelow}
        />
      ) : null}
    </aside>
  );
}
