'use client';

import { Button, SegmentedControl, UnstyledButton } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import chips from '@/components/ui/filter-bar.module.css';
import { NoPermissionState } from '@/components/ui/no-permission-state';
import { StaleNote } from '@/components/ui/stale-note';
import { AppError } from '@/lib/contract/app-error';
import {
  MAX_DROPPED,
  PRUNE_REASON_NAMES,
  type PrunePreview,
  type PruneReason,
  type PruneRow,
} from '@/lib/contract/prune';
import { REASON_LABELS } from '@/lib/prune/reason-words';
import { healthQuery } from '@/lib/queries/jobs-queries';
import { prunePreviewQuery, pruneRunsQuery } from '@/lib/queries/prune-queries';
import { formatInteger } from '@/lib/shared/format';
import { ConfirmPrune } from './confirm-prune';
import { DownloadList } from './download-list';
import classes from './prune.module.css';
import { PruneSkeleton } from './prune-skeleton';
import { PruneSummary } from './prune-summary';
import { PruneTable, wordOf } from './prune-table';
import { RulesForm } from './rules-form';
import { RunsPanel } from './runs-panel';
import { rowAt, usePages } from './use-pages';
import { type PruneSearchState, usePruneSearch } from './use-prune-search';

/** Which checkpoints may go, by rules that live in the address; why each other one stays; and the way to delete them. */
export function PruneScreen({ region }: { region: string }) {
  const state = usePruneSearch();
  const [rulesOpen, setRulesOpen] = useState(false);
  const first = useQuery(prunePreviewQuery(region, state.text));
  const runs = useQuery(pruneRunsQuery(region));
  const open = runs.data?.runs.find((run) => run.state === 'running' || run.state === 'paused');
  const { data, error, isFetching, refetch } = first;
  return (
    <div className={classes.screen}>
      <header className={classes.head}>
        <h1>Prune</h1>
        <p className={classes.dim}>
          Two checkpoints a step add up. Say what to keep; everything else that nothing depends on may go.
        </p>
      </header>
      {state.ignored.length > 0 ? (
        <p className={classes.note} role="status">
          Part of this address was left out: {state.ignored.map(({ field, reason }) => `${field} ${reason}`).join('; ')}
          .
        </p>
      ) : null}
      <div className={classes.columns}>
        <aside className={classes.side} aria-label="Rules and record" data-open={rulesOpen || undefined}>
          <Button
            variant="default"
            className={classes.fold}
            aria-expanded={rulesOpen}
            onClick={() => setRulesOpen((known) => !known)}
          >
            {rulesOpen ? 'Hide the rules' : 'Show the rules'}
          </Button>
          <div className={classes.rules}>
            <RulesForm region={region} search={state.search} groups={data?.groups ?? []} onChange={state.change} />
          </div>
          <RunsPanel region={region} runs={runs.data?.runs} error={runs.error} />
        </aside>
        <div className={classes.main}>
          {error && data ? (
            <StaleNote message={error.message} onRetry={() => void refetch()} retrying={isFetching} />
          ) : null}
          {data ? (
            <Suggestion
              key={state.rulesText}
              region={region}
              preview={data}
              state={state}
              stale={first.isPlaceholderData}
              shut={
                open && `Clean-up ${open.id} is ${open.state === 'paused' ? 'paused' : 'under way'}: one at a time.`
              }
            />
          ) : error ? (
            <Failed error={error} region={region} onRetry={() => void refetch()} retrying={isFetching} />
          ) : (
            <PruneSkeleton />
          )}
        </div>
      </div>
    </div>
  );
}

interface SuggestionProps {
  region: string;
  preview: PrunePreview;
  state: PruneSearchState;
  stale: boolean;
  shut?: string;
}

/** Keyed by the rules: what was left out by hand holds as long as they do. */
function Suggestion({ region, preview, state, stale, shut }: SuggestionProps) {
  const { search, text, change } = state;
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const health = useQuery(healthQuery());
  const { pages, onSight } = usePages();
  const others = useQueries({ queries: pages.map((page) => prunePreviewQuery(region, text, page)) });
  const rowsOf = new Map(pages.map((page, i) => [page, others[i]?.data?.rows]));
  const onDrop = useCallback((row: PruneRow, drop: boolean) => {
    setDropped((known) => {
      const next = new Set(known);
      if (drop && next.size < MAX_DROPPED) next.add(wordOf(row));
      else next.delete(wordOf(row));
      return next;
    });
  }, []);
  // A filter that empties itself would hide the list for no reason anybody sees.
  useEffect(() => {
    if (search.why && !stale && !preview.counts.reasons[search.why]) change({ why: undefined });
  }, [search.why, stale, preview, change]);
  const { counts } = preview;
  if (counts.all === 0) {
    return (
      <EmptyState title="No checkpoints">
        <p>{preview.blocked ?? 'No job of this region has left a checkpoint that is still there.'}</p>
      </EmptyState>
    );
  }
  return (
    <>
      <PruneSummary
        preview={preview}
        dropped={dropped.size}
        shut={health.data?.readOnly?.reason ?? shut}
        onDelete={() => setAsking(true)}
      />
      <div className={classes.bar}>
        <SegmentedControl
          aria-label="Which to show"
          size="xs"
          value={search.show}
          onChange={(show) => change({ show, why: undefined })}
          data={[
            { value: 'go', label: `May go ${formatInteger(counts.go)}` },
            { value: 'kept', label: `Stay ${formatInteger(counts.kept)}` },
            { value: 'all', label: `All ${formatInteger(counts.looked)}` },
          ]}
        />
        <Reasons
          counts={counts.reasons}
          chosen={search.why}
          onChoose={(why) => change({ why, show: why ? 'kept' : search.show })}
        />
        {preview.total > 0 ? <DownloadList region={region} search={search} dropped={dropped} /> : null}
      </div>
      {preview.total === 0 ? (
        <EmptyState title={search.show === 'go' ? 'Nothing may go' : 'Nothing here'}>
          <p>{emptyWords(preview, search.show)}</p>
        </EmptyState>
      ) : (
        <PruneTable
          region={region}
          total={preview.total}
          rowAt={(index) => rowAt(index, preview.rows, rowsOf)}
          onSight={onSight}
          dropped={dropped}
          onDrop={onDrop}
          stale={stale}
        />
      )}
      {asking ? (
        <ConfirmPrune
          region={region}
          preview={preview}
          search={search}
          dropped={dropped}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

function emptyWords({ counts, blocked }: PrunePreview, show: 'go' | 'kept' | 'all'): string {
  if (counts.looked === 0) return 'No checkpoint fits what is looked at: see the names and the age that are set there.';
  if (show !== 'go') return 'No checkpoint is looked at that stays for this reason.';
  return blocked ?? 'Every checkpoint that is looked at is kept by a rule or needed by something.';
}

interface ReasonsProps {
  counts: PrunePreview['counts']['reasons'];
  chosen?: PruneReason;
  onChoose: (reason: PruneReason | undefined) => void;
}

/** Why checkpoints stay, how many for each reason; choosing one shows those. */
function Reasons({ counts, chosen, onChoose }: ReasonsProps) {
  const found = PRUNE_REASON_NAMES.filter((reason) => counts[reason]);
  if (found.length === 0) return null;
  return (
    <fieldset className={chips.statuses}>
      <legend className={chips.legend}>Why they stay</legend>
      {found.map((reason) => (
        <UnstyledButton
          key={reason}
          className={chips.chip}
          aria-pressed={chosen === reason}
          onClick={() => onChoose(chosen === reason ? undefined : reason)}
        >
          {REASON_LABELS[reason]}
          <span className={chips.count}>{formatInteger(counts[reason] ?? 0)}</span>
        </UnstyledButton>
      ))}
    </fieldset>
  );
}

interface FailedProps {
  error: Error;
  region: string;
  onRetry: () => void;
  retrying: boolean;
}

function Failed({ error, region, onRetry, retrying }: FailedProps) {
  const hint = error instanceof AppError ? error.hint : undefined;
  if (error instanceof AppError && error.code === 'access_denied') {
    return <NoPermissionState title={`Checkpoints of ${region} cannot be read`} message={error.message} hint={hint} />;
  }
  return (
    <ErrorState
      title="The checkpoints could not be loaded"
      message={error.message}
      hint={hint}
      onRetry={onRetry}
      retrying={retrying}
    />
  );
}
