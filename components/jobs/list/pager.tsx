import { Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { ListJobsResponse } from '@/lib/contract/jobs';
import { formatInteger, formatPlural } from '@/lib/shared/format';
import classes from './jobs-list.module.css';

interface PagerProps {
  data: ListJobsResponse;
  onPage: (cursor: string | undefined) => void;
}

/** `1–100 of 10,000 jobs`, and the pages before and after. */
export function Pager({ data, onPage }: PagerProps) {
  const { jobs, total, offset, prevCursor, nextCursor } = data;
  const onePage = !prevCursor && !nextCursor && jobs.length >= total;
  const range = `${formatInteger(offset + 1)}–${formatInteger(offset + jobs.length)}`;
  return (
    <nav className={classes.pager} aria-label="Pages">
      <span>{onePage ? formatPlural(total, 'job') : `${range} of ${formatPlural(total, 'job')}`}</span>
      {onePage ? null : (
        <span className={classes.pages}>
          <Button
            variant="default"
            disabled={!prevCursor && !offset}
            leftSection={<IconChevronLeft size={14} aria-hidden="true" />}
            onClick={() => onPage(prevCursor)}
          >
            Previous
          </Button>
          <Button
            variant="default"
            disabled={!nextCursor}
            rightSection={<IconChevronRight size={14} aria-hidden="true" />}
            onClick={() => onPage(nextCursor)}
          >
            Next
          </Button>
        </span>
      )}
    </nav>
  );
}
