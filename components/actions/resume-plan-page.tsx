'use client';

import Link from 'next/link';
import { MiddleCut } from '@/components/ui/middle-cut';
import { StaleNote } from '@/components/ui/stale-note';
import { AppError } from '@/lib/contract/app-error';
import { pagePaths } from '@/lib/contract/paths';
import { CheckList } from './check-list';
import { CreateCard } from './create-card';
import { LockedList } from './locked-list';
import { NameAndTags } from './name-and-tags';
import { PlanProblem } from './plan-problem';
import { PlanSkeleton } from './plan-skeleton';
import { RequestDiff } from './request-diff';
import { RequestText } from './request-text';
import { resumeLabel } from './resume-label';
import classes from './resume-plan-page.module.css';
import { SourceCard } from './source-card';
import { useCreateJob } from './use-create-job';
import { useResumePlan } from './use-resume-plan';

interface ResumePlanPageProps {
  region: string;
  group: string;
  version: number;
}

/** A resume before it is started: where it starts from, what was checked, what will be sent, what it costs. */
export function ResumePlanPage({ region, group, version }: ResumePlanPageProps) {
  const state = useResumePlan(region, { group, version });
  const creation = useCreateJob(region, state);
  const { plan, query } = state;

  if (!plan) {
    return query.isError ? (
      <PlanProblem
        region={region}
        heading={`Resume from ${group}/${version}`}
        unprocessable="This checkpoint cannot be resumed from here"
        error={query.error}
        onRetry={() => query.refetch()}
        retrying={query.isFetching}
      />
    ) : (
      <PlanSkeleton heading={`Resume from ${group}/${version}`} />
    );
  }

  const busy = creation.creating;
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <p className={classes.crumbs}>
          <Link
            href={pagePaths.job(region, plan.parent.jobCategory, plan.parent.jobName)}
            aria-label={plan.parent.jobName}
          >
            <MiddleCut text={plan.parent.jobName} mono />
          </Link>
        </p>
        <h1 className={classes.title}>
          {resumeLabel(plan.source)} of {plan.parent.jobName}
        </h1>
        <p className={classes.lead}>
          A new job goes on from this checkpoint with everything as it was. Nothing is started before you press the
          button.
        </p>
      </header>
      {query.isError ? (
        <StaleNote
          message={query.error.message}
          hint={query.error instanceof AppError ? query.error.hint : undefined}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      ) : null}
      <div className={classes.grid}>
        <div className={classes.first}>
          <SourceCard region={region} source={plan.source} parent={plan.parent} />
          <NameAndTags state={state} disabled={busy} note="all else is locked" />
          <CheckList
            checks={plan.checks}
            checking={!state.settled && !state.nameProblem && !state.tagsProblem && !query.isError}
          />
        </div>
        <div className={classes.side}>
          <CreateCard plan={plan} state={state} creation={creation} />
        </div>
        <div className={classes.second}>
          <RequestDiff diff={plan.diff} parentName={plan.parent.jobName} />
          <LockedList locked={plan.locked} />
          <RequestText plan={plan} />
        </div>
      </div>
    </div>
  );
}
