import Link from 'next/link';
import { MiddleCut } from '@/components/ui/middle-cut';
import type { JobRef } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import classes from './prune-table.module.css';

/** The job that made a checkpoint, where that is known. */
export function MakerLink({ region, job }: { region: string; job: JobRef | undefined }) {
  if (!job) return <span className={classes.dim}>Unattributed</span>;
  return (
    <Link className={classes.link} href={pagePaths.job(region, job.jobCategory, job.jobName)} aria-label={job.jobName}>
      <MiddleCut text={job.jobName} tailLength={12} />
    </Link>
  );
}
