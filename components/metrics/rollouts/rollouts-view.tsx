'use client';

import { Button, NumberInput, SegmentedControl, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Panel } from '@/components/ui/panel';
import { StaleNote } from '@/components/ui/stale-note';
import { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import type { ListRolloutsResponse } from '@/lib/contract/metrics';
import { rolloutsQuery } from '@/lib/queries/metrics-queries';
import { formatInteger } from '@/lib/shared/format';
import { MetricsSkeleton } from '../metrics-skeleton';
import { WhyNothing } from '../source-note';
import { Conversation } from './conversation';
import { RolloutTable } from './rollout-table';
import classes from './rollouts.module.css';

const OUTCOMES = ['all', 'error', 'zero', 'success'] as const;
const OUTCOME_WORDS = { all: 'All', error: 'Error', zero: 'Reward zero', success: 'Reward above zero' } as const;
const SORTS = ['worst', 'best', 'longest', 'time'] as const;
const SORT_WORDS = {
  worst: 'Worst first',
  best: 'Best first',
  longest: 'Longest first',
  time: 'Newest first',
} as const;

const VIEW = {
  step: parseAsInteger,
  outcome: parseAsStringLiteral(OUTCOMES).withDefault('all'),
  sort: parseAsStringLiteral(SORTS).withDefault('worst'),
  trace: parseAsString,
};

/** The Rollouts tab: the trajectories of a step, and one of them as a conversation. */
export function RolloutsView({ region, jobRef }: { region: string; jobRef: JobRef }) {
  const [view, setView] = useQueryStates(VIEW, { history: 'push', shallow: true, scroll: false });
  const { step, outcome, sort, trace } = view;
  const query = useInfiniteQuery(rolloutsQuery(region, jobRef, { ...(step === null ? {} : { step }), outcome, sort }));
  const { data, error, refetch, isFetching, isFetchingNextPage, hasNextPage, fetchNextPage } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rollouts) ?? [], [data]);
  const first = data?.pages[0];
  return (
    <div className={classes.view} data-open={trace ? true : undefined}>
      <div className={classes.list}>
        <fieldset className={classes.bar} aria-label="Which rollouts">
          {jobRef.jobCategory === 'AgentRFT' ? (
            <NumberInput
              aria-label="Step"
              placeholder="Any step"
              className={classes.step}
              size="xs"
              min={0}
              max={100_000}
              allowDecimal={false}
              prefix="Step "
              value={step ?? ''}
              onChange={(value) => void setView({ step: typeof value === 'number' ? value : null, trace: null })}
            />
          ) : null}
          <SegmentedControl
            aria-label="Outcome"
            size="xs"
            value={outcome}
            onChange={(value) => void setView({ outcome: value as (typeof OUTCOMES)[number] })}
            data={OUTCOMES.map((value) => ({ value, label: OUTCOME_WORDS[value] }))}
          />
          <Select
            aria-label="Order"
            className={classes.sort}
            data={SORTS.map((value) => ({ value, label: SORT_WORDS[value] }))}
            value={sort}
            onChange={(value) => void setView({ sort: SORTS.find((each) => each === value) ?? null })}
            allowDeselect={false}
          />
        </fieldset>
        {body()}
      </div>
      {trace ? (
        <Conversation
          key={trace}
          region={region}
          jobRef={jobRef}
          traceId={trace}
          onClose={() => void setView({ trace: null })}
        />
      ) : null}
    </div>
  );

  function body() {
    if (!first) {
      if (!error) return <MetricsSkeleton />;
      return (
        <ErrorState
          title="The rollouts could not be loaded"
          message={error.message}
          hint={error instanceof AppError ? error.hint : undefined}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      );
    }
    if (rows.length === 0) {
      if (first.source.state !== 'ready') return <WhyNothing source={first.source} what="rollouts" />;
      return (
        <EmptyState
          title={step === null && outcome === 'all' ? 'MLflow holds no rollout of this job' : 'No such rollout'}
          actions={
            step === null && outcome === 'all' ? null : (
              <Button variant="default" onClick={() => void setView({ step: null, outcome: null })}>
                Show all rollouts
              </Button>
            )
          }
        >
          <p>{emptyWords(first, step, outcome)}</p>
        </EmptyState>
      );
    }
    return (
      <>
        {error ? <StaleNote message={error.message} onRetry={() => void refetch()} retrying={isFetching} /> : null}
        <Panel
          title={step === null ? 'Rollouts' : `Rollouts of step ${formatInteger(step)}`}
          note={countWords(rows.length, first)}
          flush
        >
          <Said first={first} />
          <RolloutTable
            rows={rows}
            missing={first.missing}
            chosen={trace ?? undefined}
            onChoose={(traceId) => void setView({ trace: traceId })}
            onNearEnd={() => {
              if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
            }}
          />
          {hasNextPage ? (
            <div className={classes.more}>
              <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                Load more
              </Button>
            </div>
          ) : null}
        </Panel>
      </>
    );
  }
}

function countWords(shown: number, { total }: ListRolloutsResponse): string {
  if (total === undefined) return `${formatInteger(shown)} shown`;
  return shown < total ? `${formatInteger(shown)} of ${formatInteger(total)}` : formatInteger(total);
}

function emptyWords({ missing }: ListRolloutsResponse, step: number | null, outcome: string): string {
  if (step !== null && missing.includes('step')) return 'MLflow does not say which step a rollout belongs to.';
  if (outcome !== 'all' && missing.includes('reward')) return 'MLflow does not say the reward of these rollouts.';
  return step === null && outcome === 'all'
    ? 'A trace is written for each rollout; either none was yet, or tracing is off.'
    : 'Nothing matches the step and outcome chosen.';
}

/** What the list does not say, and how its rollouts were found. */
function Said({ first }: { first: ListRolloutsResponse }) {
  const lines = [
    first.foundBy === 'time_window'
      ? 'The traces do not name their run: these are all of the experiment from the time this job ran.'
      : undefined,
    first.missing.length > 0
      ? `MLflow does not say the ${first.missing.join(' and the ')} of these rollouts.`
      : undefined,
  ].filter((line) => line !== undefined);
  if (lines.length === 0) return null;
  return (
    <div className={classes.said}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}
