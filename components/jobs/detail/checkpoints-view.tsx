'use client';

import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Panel } from '@/components/ui/panel';
import { StaleNote } from '@/components/ui/stale-note';
import { AppError } from '@/lib/contract/app-error';
import type { JobDetail, JobRef } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import { jobCheckpointsQuery } from '@/lib/queries/jobs-queries';
import { formatInteger } from '@/lib/shared/format';
import { CheckpointTable } from './checkpoint-table';
import { noneWords } from './checkpoints-panel';
import classes from './checkpoints-view.module.css';
import { TableSkeleton } from './skeletons';
import { useJob } from './use-job';

/** The kinds of the filter; the URL carries the word. Left out: all. */
const KIND_FILTERS = ['resumable', 'model'] as const;

/** Every checkpoint of a job, newest first, with how each is known to be the job's. */
export function CheckpointsView({ region, jobRef }: { region: string; jobRef: JobRef }) {
  const [kind, setKind] = useQueryState('kind', parseAsStringLiteral(KIND_FILTERS));
  const { job } = useJob(region, jobRef);
  const query = useInfiniteQuery(jobCheckpointsQuery(region, jobRef, kind ?? undefined));
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch, isFetching } = query;
  if (!job) return null;
  const rows = data?.pages.flatMap((page) => page.checkpoints) ?? [];
  const first = data?.pages[0];
  const { resumable, model } = job.checkpoints;
  return (
    <div className={classes.view}>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label="Kind of checkpoint"
          size="xs"
          value={kind ?? 'all'}
          onChange={(value) => void setKind(KIND_FILTERS.find((each) => each === value) ?? null)}
          data={[
            { value: 'all', label: 'All' },
            { value: 'resumable', label: `Resumable ${formatInteger(resumable)}` },
            { value: 'model', label: `Model ${formatInteger(model)}` },
          ]}
        />
        {first ? (
          <span className={classes.count}>
            {countWords(rows.length, first.total)}
            {first.deleted > 0 ? ` · ${formatInteger(first.deleted)} deleted` : ''}
          </span>
        ) : null}
        {resumable + model > 0 ? (
          <Link className={classes.prune} href={pagePaths.prune(region, `job=${job.jobName}`)} prefetch={false}>
            Prune them
          </Link>
        ) : null}
      </div>
      {first && !first.complete ? (
        <p className={classes.note}>
          The package groups of this job have not been read to the end yet; more may appear.
        </p>
      ) : null}
      {error && first ? (
        <StaleNote message={error.message} onRetry={() => void refetch()} retrying={isFetching} />
      ) : null}
      {!first && error ? (
        <ErrorState
          title="The checkpoints could not be loaded"
          message={error.message}
          hint={error instanceof AppError ? error.hint : undefined}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      ) : null}
      {!first && !error ? <TableSkeleton rows={12} /> : null}
      {first && rows.length === 0 ? (
        <NoCheckpoints job={job} filtered={kind !== null} onAll={() => void setKind(null)} />
      ) : null}
      {rows.length > 0 ? (
        <Panel title="Checkpoints" note="newest first" flush>
          <CheckpointTable
            rows={rows}
            region={region}
            completed={job.jobStatus === 'Completed'}
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
      ) : null}
    </div>
  );
}

function countWords(shown: number, total: number): string {
  return shown < total ? `${formatInteger(shown)} of ${formatInteger(total)} loaded` : formatInteger(total);
}

function NoCheckpoints({ job, filtered, onAll }: { job: JobDetail; filtered: boolean; onAll: () => void }) {
  if (filtered) {
    return (
      <EmptyState
        title="No checkpoint of this kind"
        actions={
          <Button variant="default" onClick={onAll}>
            Show all kinds
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState title="No checkpoints">
      <p>{noneWords(job)}</p>
      {job.groups.intermediate || job.groups.output ? (
        <p>
          Its packages go to {[job.groups.intermediate, job.groups.output].filter(Boolean).join(' and ')}. Packages
          there that no evidence ties to a job are left unattributed, never guessed.
        </p>
      ) : null}
    </EmptyState>
  );
}
