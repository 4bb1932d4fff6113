'use client';

import { Menu, UnstyledButton } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import classes from '@/components/ui/filter-bar.module.css';
import { FIXED_COLUMN, JOB_COLUMNS } from '@/lib/jobs/columns';
import type { Columns } from '../use-columns';

/** Which columns the table has. */
export function ColumnsMenu({ columns }: { columns: Columns }) {
  const shown = new Set(columns.columns.map(({ id }) => id));
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton className={classes.chip} data-active={columns.word !== undefined || undefined}>
          <IconColumns3 size={12} aria-hidden="true" />
          Columns
          {columns.word === undefined ? null : (
            <span className={classes.count}>
              {shown.size} of {JOB_COLUMNS.length}
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {JOB_COLUMNS.filter(({ id }) => id !== FIXED_COLUMN).map(({ id, label }) => (
          <Menu.CheckboxItem key={id} checked={shown.has(id)} onChange={(show) => columns.toggle(id, show)}>
            {label}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Item disabled={columns.word === undefined} onClick={columns.showAll}>
          Show all
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
