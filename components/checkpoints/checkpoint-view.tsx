'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { CheckpointIcon } from '@/components/ui/checkpoint-icon';
import { ErrorState } from '@/components/ui/error-state';
import { MiddleCut } from '@/components/ui/middle-cut';
import { Panel } from '@/components/ui/panel';
import { SkeletonLines } from '@/components/ui/skeleton-box';
import { StaleNote } from '@/components/ui/stale-note';
import { TimeText } from '@/components/ui/time-text';
import type { PackageRef } from '@/lib/contract/action-log';
import { AppError } from '@/lib/contract/app-error';
import type { GetCheckpointResponse } from '@/lib/contract/checkpoints';
import { pagePaths } from '@/lib/contract/paths';
import { shownStatus } from '@/lib/jobs/status';
import { checkpointQuery } from '@/lib/queries/checkpoint-queries';
import { formatPlural, formatSignificant } from '@/lib/shared/format';
import { ApprovalPanel } from './approval-panel';
import { CheckpointFacts, KIND_WORDS } from './checkpoint-facts';
import classes from './checkpoint-view.module.css';
import { NextSteps } from './next-steps';
import { NotesPanel } from './notes-panel';
import { PinButton } from './pin-button';
import { TrainingFacts } from './training-facts';

/** One checkpoint: what it is, how that is known, what hangs on it, and what can be done from here. */
export function CheckpointView({ region, checkpointRef }: { region: string; checkpointRef: PackageRef }) {
  const { group, version } = checkpointRef;
  const { data, error, refetch, isFetching } = useQuery(checkpointQuery(region, group, version));
  const hint = error instanceof AppError ? error.hint : undefined;
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <p className={classes.crumbs}>
          <MiddleCut text={`${group}/${version}`} mono focusable />
        </p>
        <div className={classes.titleLine}>
          <h1 className={classes.title}>{titleOf(data) ?? `Checkpoint ${version} of ${group}`}</h1>
          {data ? <PinButton region={region} checkpointRef={checkpointRef} pin={data.pin} /> : null}
        </div>
      </header>
      {!data && error ? (
        <ErrorState
          title="This checkpoint cannot be shown"
          message={error.message}
          hint={hint}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      ) : null}
      {!data && !error ? (
        <Panel title="What it is">
          <SkeletonLines lines={9} label="Loading the checkpoint" />
        </Panel>
      ) : null}
      {data && error ? (
        <StaleNote message={error.message} hint={hint} onRetry={() => void refetch()} retrying={isFetching} />
      ) : null}
      {data ? (
        <div className={classes.grid}>
          <div className={classes.column}>
            <CheckpointFacts region={region} checkpoint={data.checkpoint} />
            <Panel title={data.checkpoint.step === undefined ? 'Measured' : `Measured at step ${data.checkpoint.step}`}>
              <TrainingFacts region={region} checkpointRef={checkpointRef} step={data.checkpoint.step} />
            </Panel>
            <Dependants region={region} data={data} />
          </div>
          <div className={classes.column}>
            <NextSteps region={region} checkpoint={data.checkpoint} />
            <ApprovalPanel region={region} checkpoint={data.checkpoint} />
            <NotesPanel region={region} checkpointRef={checkpointRef} notes={data.notes} />
          </div>
        </div>
      ) : null}
    </div>
  );
}

function titleOf(data: GetCheckpointResponse | undefined) {
  if (!data) return undefined;
  const { kind, step } = data.checkpoint;
  return (
    <span className={classes.kind}>
      <CheckpointIcon kind={kind} sizePx={16} />
      {KIND_WORDS[kind]}
      {step === undefined ? '' : ` of step ${step}`}
    </span>
  );
}

const DEPENDS = {
  resume: 'Resumed from it',
  iterate: 'Iterated from it',
  evaluate: 'Evaluates it',
  unknown: 'Started from it',
} as const;

function Dependants({ region, data: { dependants } }: { region: string; data: GetCheckpointResponse }) {
  return (
    <Panel title="What hangs on it" note={formatPlural(dependants.length, 'job')}>
      {dependants.length === 0 ? (
        <p className={classes.dim}>No job that the catalog knows started from it.</p>
      ) : (
        <ul className={classes.list}>
          {dependants.map((job) => (
            <li key={`${job.jobCategory}/${job.jobName}`} className={classes.row}>
              <Link
                className={classes.link}
                href={pagePaths.job(region, job.jobCategory, job.jobName)}
                aria-label={job.jobName}
              >
                <MiddleCut text={job.jobName} mono />
              </Link>
              <span className={classes.dim}>
                {DEPENDS[job.kind]} · {shownStatus(job.jobStatus, job.secondaryStatus).label}
                {job.score === undefined ? null : ` · score ${formatSignificant(job.score)}`} ·{' '}
                <TimeText iso={job.creationTime} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
