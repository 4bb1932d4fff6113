'use client';

import { SegmentedControl, UnstyledButton } from '@mantine/core';
import filters from '@/components/ui/filter-bar.module.css';
import { StatusIcon } from '@/components/ui/status-icon';
import { TimeFilter } from '@/components/ui/time-filter';
import { ValueFilter } from '@/components/ui/value-filter';
import type { GetLineageResponse } from '@/lib/contract/lineage';
import { parseStatusWords, toggleStatusGroup } from '@/lib/jobs/jobs-search';
import { STATUS_GROUPS, type StatusGroup, statusGroup } from '@/lib/jobs/status';
import type { LineageAxis } from '@/lib/lineage/layout';
import { LINEAGE_FILTERS } from '@/lib/lineage/lineage-search';
import { formatInteger, formatPlural } from '@/lib/shared/format';
import type { PositionedGraph } from '@/lib/shared/graph-model';
import { ExportMenu } from './export-menu';
import classes from './lineage.module.css';
import { LineageSearch } from './lineage-search';
import type { LineageView } from './use-lineage-view';

interface LineageToolbarProps {
  region: string;
  view: LineageView;
  data: GetLineageResponse;
  shown: 'graph' | 'list';
  graph: PositionedGraph;
  onGoTo: (focus: string) => void;
}

const STATUS_LABELS: Record<StatusGroup, string> = {
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  stopped: 'Stopped',
  unknown: 'Unknown',
};

/** What is shown and how: filters, axis, graph or list, export. */
export function LineageToolbar({ region, view, data, shown, graph, onGoTo }: LineageToolbarProps) {
  const { words, change } = view;
  const { facets } = data;
  const filtered = LINEAGE_FILTERS.some((field) => words[field] && words[field] !== '0');
  const value = (each: { value: string; count: number }) => ({ ...each, label: each.value });
  return (
    <div className={classes.toolbar}>
      <div className={classes.tools}>
        <LineageSearch region={region} onGoTo={onGoTo} />
        <Statuses status={words.status} counts={facets.jobStatus} onChange={(status) => change({ status })} />
        <ValueFilter
          label="Base model"
          allLabel="All base models"
          values={facets.baseModel.map(value)}
          selected={words.baseModel}
          onChange={(baseModel) => change({ baseModel })}
        />
        <ValueFilter
          label="Dataset"
          allLabel="All datasets"
          values={facets.dataset.map(value)}
          selected={words.dataset}
          onChange={(dataset) => change({ dataset })}
        />
        <TimeFilter since={words.since} until={words.until} awsNow={data.awsNow} onChange={change} />
        {words.focus ? (
          <UnstyledButton
            className={filters.chip}
            aria-pressed={words.only === '1'}
            onClick={() => change({ only: words.only === '1' ? undefined : '1' })}
          >
            Only this lineage
          </UnstyledButton>
        ) : null}
        {filtered ? (
          <UnstyledButton
            className={filters.clear}
            onClick={() => change(Object.fromEntries(LINEAGE_FILTERS.map((field) => [field, undefined])))}
          >
            Clear all
          </UnstyledButton>
        ) : null}
      </div>
      <div className={classes.tools}>
        <p className={classes.summary}>{summaryOf(data)}</p>
        <OlderNote data={data} view={view} />
        <FocusNote data={data} />
        <span className={classes.spring} />
        {shown === 'graph' ? (
          <SegmentedControl
            size="xs"
            aria-label="Axis"
            value={view.axis}
            onChange={(axis) => view.setAxis(axis as LineageAxis)}
            data={[
              { value: 'time', label: 'Time' },
              { value: 'steps', label: 'Steps' },
            ]}
          />
        ) : null}
        <SegmentedControl
          size="xs"
          aria-label="View"
          value={shown}
          onChange={(next) => view.setView(next as 'graph' | 'list')}
          data={[
            { value: 'graph', label: 'Graph' },
            { value: 'list', label: 'List' },
          ]}
        />
        <ExportMenu graph={graph} />
      </div>
    </div>
  );
}

function summaryOf({ totals, lanes }: GetLineageResponse): string {
  const jobs =
    lanes.length < totals.jobs
      ? `${formatInteger(lanes.length)} of ${formatPlural(totals.jobs, 'job')}`
      : formatPlural(totals.jobs, 'job');
  return [
    jobs,
    formatPlural(totals.lineages, 'lineage'),
    formatPlural(totals.checkpoints, 'checkpoint'),
    ...(totals.unattributed > 0 ? [`${formatInteger(totals.unattributed)} of unknown origin`] : []),
  ].join(' · ');
}

/** Whole lineages that had no room, and the way to them. */
function OlderNote({ data: { older }, view }: { data: GetLineageResponse; view: LineageView }) {
  if (!older) return null;
  return (
    <UnstyledButton className={filters.clear} onClick={() => view.change({ until: older.until })}>
      {formatPlural(older.jobs, 'job')} in {formatPlural(older.lineages, 'older lineage')} not shown: show them
    </UnstyledButton>
  );
}

/** A link may name what is gone, or what Cairn has never seen. */
function FocusNote({ data: { focus } }: { data: GetLineageResponse }) {
  if (!focus || focus.found) return null;
  return <p className={classes.summary}>What the link points at is not in the lineage of this region.</p>;
}

interface StatusesProps {
  status: string | undefined;
  counts: GetLineageResponse['facets']['jobStatus'];
  onChange: (status: string) => void;
}

function Statuses({ status, counts, onChange }: StatusesProps) {
  const on = parseStatusWords(status);
  return (
    <fieldset className={filters.statuses}>
      <legend className={filters.legend}>Status</legend>
      {STATUS_GROUPS.map((group) => {
        const count = counts.reduce((sum, { value, count }) => (statusGroup(value) === group ? sum + count : sum), 0);
        const pressed = on.includes(group);
        if (count === 0 && !pressed) return null;
        return (
          <UnstyledButton
            key={group}
            className={filters.chip}
            aria-pressed={pressed}
            onClick={() => onChange(toggleStatusGroup(status, group))}
          >
            <StatusIcon tone={group} sizePx={12} />
            {STATUS_LABELS[group]}
            <span className={filters.count}>{formatInteger(count)}</span>
          </UnstyledButton>
        );
      })}
    </fieldset>
  );
}
