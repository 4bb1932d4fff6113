'use client';

import type { ReactNode } from 'react';
import type { JobRef } from '@/lib/contract/jobs';
import { CheckpointsPanel } from './checkpoints-panel';
import classes from './detail.module.css';
import { EndPanel } from './end-panel';
import { FactsPanel } from './facts-panel';
import { LineagePanel } from './lineage-panel';
import { TimelinePanel } from './timeline-panel';
import { TokensPanel } from './tokens-panel';
import { useJob } from './use-job';

interface JobOverviewProps {
  region: string;
  jobRef: JobRef;
  /** Resume from the last resumable checkpoint, put in by the page: it belongs to another room. */
  resume?: ReactNode;
  /** The reward curve, put in by the page as well. */
  reward?: ReactNode;
  /** What happened around a bad end, and the checks: views of another room. */
  story?: ReactNode;
  diagnosis?: ReactNode;
}

/** What happened, when, and what is left of it. A job that ended badly says why before anything else. */
export function JobOverview({ region, jobRef, resume, reward, story, diagnosis }: JobOverviewProps) {
  const { job, data, live } = useJob(region, jobRef);
  if (!job || !data) return null;
  return (
    <div className={classes.overview}>
      <EndPanel job={job} region={region} resume={resume} />
      <div className={classes.columns}>
        <div className={classes.main}>
          {story}
          <TimelinePanel job={job} region={region} live={live} awsNow={data.awsNow} />
          {reward}
          <div className={classes.last}>
            <FactsPanel job={job} />
          </div>
        </div>
        <div className={classes.side}>
          {diagnosis}
          <LineagePanel job={job} region={region} />
          <CheckpointsPanel job={job} region={region} />
          <TokensPanel job={job} />
        </div>
      </div>
    </div>
  );
}
