'use client';

import { Menu, UnstyledButton } from '@mantine/core';
import { IconArrowsSort } from '@tabler/icons-react';
import classes from '@/components/ui/filter-bar.module.css';
import type { SortKey } from '@/lib/contract/jobs';
import { JOB_COLUMNS } from '@/lib/jobs/columns';
import type { SearchChange } from '../use-jobs-search';

interface SortMenuProps {
  sorting: { sort: SortKey; order: 'asc' | 'desc' };
  onChange: (part: SearchChange) => void;
}

const ORDER_WORDS = { asc: 'ascending', desc: 'descending' } as const;

const CHOICES = JOB_COLUMNS.flatMap(({ label, sort }) => {
  if (!sort) return [];
  const orders = sort.firstOrder === 'asc' ? (['asc', 'desc'] as const) : (['desc', 'asc'] as const);
  return orders.map((order) => ({
    value: `${sort.key} ${order}`,
    sort: sort.key,
    order,
    label: `${label}, ${ORDER_WORDS[order]}`,
  }));
});

/** Sorting where the list is made of cards and has no headers to click. */
export function SortMenu({ sorting, onChange }: SortMenuProps) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={`${classes.chip} ${classes.cardsOnly}`}>
          <IconArrowsSort size={12} aria-hidden="true" />
          Sort
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={`${sorting.sort} ${sorting.order}`}
          onChange={(value) => {
            const choice = CHOICES.find((each) => each.value === value);
            if (choice) onChange({ sort: choice.sort, order: choice.order });
          }}
        >
          {CHOICES.map(({ value, label }) => (
            <Menu.RadioItem closeMenuOnClick key={value} value={value}>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
