// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtualised grid that become cards cannot be table elements; the roles say what they are
'use client';

import { useRouter } from 'next/navigation';
import { type MouseEvent, memo, type Ref } from 'react';
import type { JobRow } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import type { JobColumn } from '@/lib/jobs/columns';
import { JobCell } from './cells/job-cell';
import { PickBox } from './cells/pick-box';
import classes from './jobs-table.module.css';

interface JobTableRowProps {
  columns: readonly JobColumn[];
  job: JobRow;
  /** Place in the page, from 0. */
  index: number;
  /** Place among all rows that match, from 1, the header counted. */
  rowIndex: number;
  changed: boolean;
  selected: boolean;
  /** Undefined: as many are chosen as can be compared. */
  onSelect: ((job: JobRow, selected: boolean) => void) | undefined;
  ref: Ref<HTMLDivElement>;
}

/** One job: a row, or a card where it is narrow. Renders again only when its job does. */
export const JobTableRow = memo(function JobTableRow(props: JobTableRowProps) {
  const { columns, job, index, rowIndex, changed, selected, onSelect, ref } = props;
  const router = useRouter();

  const onClick = (event: MouseEvent<HTMLDivElement>) => {
    if (event.defaultPrevented || (event.target as Element).closest('a, button, label')) return;
    // Selecting text to copy it ends with a click too.
    if (window.getSelection()?.type === 'Range') return;
    const path = pagePaths.job(job.region, job.jobCategory, job.jobName);
    if (event.metaKey || event.ctrlKey) window.open(path, '_blank', 'noopener');
    else router.push(path);
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: by keyboard the name inside is the link; the row only enlarges its target
    <div
      ref={ref}
      role="row"
      tabIndex={-1}
      aria-rowindex={rowIndex}
      data-index={index}
      data-changed={changed || undefined}
      data-selected={selected || undefined}
      data-reason={job.failureReason ? true : undefined}
      className={classes.row}
      onClick={onClick}
    >
      {columns.map(({ id, label, numeric }) => (
        <div
          key={id}
          role={id === 'name' ? 'rowheader' : 'cell'}
          className={classes.cell}
          data-column={id}
          data-numeric={numeric}
        >
          {id === 'name' || id === 'status' ? null : <span className={classes.cardLabel}>{label}</span>}
          <JobCell
            column={id}
            job={job}
            pick={id === 'name' ? <PickBox job={job} selected={selected} onSelect={onSelect} /> : null}
          />
        </div>
      ))}
    </div>
  );
});
