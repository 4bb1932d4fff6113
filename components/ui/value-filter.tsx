'use client';

import { Menu, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { MiddleCut } from '@/components/ui/middle-cut';
import { formatInteger } from '@/lib/shared/format';
import classes from './filter-bar.module.css';
import { SearchFilter } from './search-filter';

export interface FilterValue {
  value: string;
  label: string;
  count?: number;
}

export interface ValueFilterProps {
  label: string;
  /** What "no filter" is called: "All base models". */
  allLabel: string;
  values: readonly FilterValue[];
  selected: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** With more values than this the choice has a field to narrow it. */
const MENU_UP_TO = 8;
const ALL = '';

/** Picks one value of what occurs in the region: a menu of a few, a searchable list of many. */
export function ValueFilter(props: ValueFilterProps) {
  return props.values.length > MENU_UP_TO ? <SearchFilter {...props} /> : <MenuFilter {...props} />;
}

function MenuFilter({ label, allLabel, values, selected, onChange }: ValueFilterProps) {
  return (
    <Menu position="bottom-start" width={300}>
      <Menu.Target>
        <UnstyledButton className={classes.chip} data-active={selected !== undefined || undefined}>
          {label}
          <IconChevronDown size={12} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        <Menu.RadioGroup value={selected ?? ALL} onChange={(value) => onChange(value === ALL ? undefined : value)}>
          <Menu.RadioItem closeMenuOnClick value={ALL}>
            {allLabel}
          </Menu.RadioItem>
          {values.map(({ value, label: each, count }) => (
            <Menu.RadioItem
              closeMenuOnClick
              key={value}
              value={value}
              rightSection={count === undefined ? null : <span className={classes.count}>{formatInteger(count)}</span>}
            >
              <MiddleCut text={each} tailLength={14} />
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
