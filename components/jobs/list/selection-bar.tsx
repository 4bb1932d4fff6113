'use client';

import { Button } from '@mantine/core';
import { LinkButton } from '@/components/ui/link-button';
import { pagePaths } from '@/lib/contract/paths';
import { formatPlural } from '@/lib/shared/format';
import classes from './jobs-table.module.css';
import type { Selection } from './use-selection';

/** How many jobs are chosen, and the way to see them side by side. */
export function SelectionBar({ region, selection }: { region: string; selection: Selection }) {
  const { jobs, full, clear } = selection;
  if (jobs.length === 0) return null;
  return (
    <section className={classes.selection} aria-label="Selected jobs">
      <span role="status">
        {formatPlural(jobs.length, 'job')} selected{full ? ', the most that can be compared' : ''}
      </span>
      {jobs.length > 1 ? (
        <LinkButton variant="filled" href={pagePaths.compare(region, jobs)}>
          Compare
        </LinkButton>
      ) : (
        <span>Select another to compare</span>
      )}
      <Button variant="default" onClick={clear}>
        Clear
      </Button>
    </section>
  );
}
