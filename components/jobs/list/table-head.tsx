// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtualised grid that become cards cannot be table elements; the roles say what they are
import { UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { SortKey } from '@/lib/contract/jobs';
import { ariaSort, type JobColumn, nextSorting } from '@/lib/jobs/columns';
import classes from './jobs-table.module.css';

interface TableHeadProps {
  columns: readonly JobColumn[];
  sorting: { sort: SortKey; order: 'asc' | 'desc' };
  onSort?: (sorting: { sort: SortKey; order: 'asc' | 'desc' }) => void;
}

/** The column headers; those that can be sorted by are buttons. */
export function TableHead({ columns, sorting, onSort }: TableHeadProps) {
  return (
    <div role="rowgroup" className={classes.head}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: a row of headers takes no focus, its buttons do */}
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        {columns.map((column) => {
          const next = nextSorting(sorting, column);
          const sorted = ariaSort(sorting, column);
          const Arrow = sorted === 'ascending' ? IconArrowUp : IconArrowDown;
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the button inside takes the focus
            <div
              key={column.id}
              role="columnheader"
              aria-sort={sorted}
              className={classes.headCell}
              data-column={column.id}
              data-numeric={column.numeric}
            >
              {next && onSort ? (
                <UnstyledButton className={classes.sortButton} onClick={() => onSort(next)}>
                  {column.label}
                  {sorted === 'ascending' || sorted === 'descending' ? <Arrow size={12} aria-hidden="true" /> : null}
                </UnstyledButton>
              ) : (
                column.label
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
