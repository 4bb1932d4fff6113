import Link from 'next/link';
import { MiddleCut } from '@/components/ui/middle-cut';
import type { JobRef } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import classes from './detail.module.css';

/** The name of another job, as the link to it. */
export function JobLink({ region, jobRef }: { region: string; jobRef: JobRef }) {
  return (
    <Link
      href={pagePaths.job(region, jobRef.jobCategory, jobRef.jobName)}
      className={classes.link}
      // The parts of a cut name would be read with a pause between them.
      aria-label={jobRef.jobName}
    >
      <MiddleCut text={jobRef.jobName} mono />
    </Link>
  );
}
