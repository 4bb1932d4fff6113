'use client';

import type { ReactNode } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { SpanText } from '@/components/ui/duration-text';
import { MiddleCut } from '@/components/ui/middle-cut';
import { Missing } from '@/components/ui/missing';
import { StaleNote } from '@/components/ui/stale-note';
import { TimeText } from '@/components/ui/time-text';
import type { JobDetail, JobRef } from '@/lib/contract/jobs';
import { durationEnd } from '@/lib/jobs/row-facts';
import { secondaryStatusFacts, shownStatus } from '@/lib/jobs/status';
import { StatusBadge } from '../status-badge';
import { AsOf } from './as-of';
import classes from './job-header.module.css';
import { JobProgress } from './job-progress';
import { JobTabs } from './job-tabs';
import { categoryWord } from './job-words';
import { useJob } from './use-job';
import { useStickyHeight } from './use-sticky-height';

interface JobHeaderProps {
  region: string;
  jobRef: JobRef;
  /** Stop and Resume, put in by the page: they belong to another room. */
  actions?: ReactNode;
}

/** What is always in sight: which job, how it stands, how far it is, what can be done, and the tabs. */
export function JobHeader({ region, jobRef, actions }: JobHeaderProps) {
  const { job, data, live, error, refetch, isFetching } = useJob(region, jobRef);
  const header = useStickyHeight<HTMLElement>();
  if (!job) return null;
  return (
    <header ref={header} className={classes.header}>
      <div className={classes.title}>
        <h1 className={classes.name} aria-label={job.jobName}>
          <MiddleCut text={job.jobName} tailLength={14} mono focusable />
        </h1>
        <span className={classes.copyName}>
          <CopyButton value={job.jobName} what="job name" />
        </span>
        <div className={classes.status}>
          <StatusBadge jobStatus={job.jobStatus} secondaryStatus={job.secondaryStatus} sizePx={16} />
          <Phase job={job} />
        </div>
        <span className={classes.category}>{categoryWord(job.jobCategory)} job</span>
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </div>
      <div className={classes.facts}>
        <JobProgress job={job} />
        <div className={classes.when}>
          <span className={classes.fact}>
            <span className={classes.label}>Started</span> <TimeText iso={job.creationTime} />
          </span>
          <span className={classes.fact}>
            <span className={classes.label}>{live ? 'Running for' : 'Took'}</span> <Duration job={job} />
          </span>
          <span className={classes.copies}>
            <span className={classes.label}>ARN</span>
            <CopyButton value={job.jobArn} what="job ARN" />
          </span>
          <AsOf asOf={data?.asOf} final={!live} />
        </div>
      </div>
      {job.deletedAt ? (
        <p className={classes.gone}>
          This job is no longer in AWS; Cairn remembers it. It was found gone <TimeText iso={job.deletedAt} />.
        </p>
      ) : null}
      {error ? (
        <div className={classes.stale}>
          <StaleNote message={error.message} onRetry={() => void refetch()} retrying={isFetching} />
        </div>
      ) : null}
      <JobTabs region={region} jobRef={jobRef} />
    </header>
  );
}

/** The secondary status where the badge does not say it already. */
function Phase({ job }: { job: JobDetail }) {
  const phase = secondaryStatusFacts(job.secondaryStatus).label;
  // While a job runs the badge is the phase.
  if (job.jobStatus === 'InProgress') return null;
  if (phase === shownStatus(job.jobStatus, job.secondaryStatus).label) return null;
  return <span className={classes.phase}>{phase}</span>;
}

function Duration({ job }: { job: JobDetail }) {
  const { to, known } = durationEnd(job);
  if (!known) return <Missing reason="AWS gave no end time for this job" />;
  return <SpanText from={job.creationTime} to={to ?? job.deletedAt} />;
}
