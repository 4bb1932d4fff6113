'use client';

import { Menu, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { MiddleCut } from '@/components/ui/middle-cut';
import { formatInteger } from '@/lib/shared/format';
import classes from './filter-bar.module.css';

export interface FilterValue {
  value: string;
  label: string;
  count?: number;
}

interface ValueFilterProps {
  label: string;
  /** What "no filter" is called: "All base models". */
  allLabel: string;
  values: readonly FilterValue[];
  selected: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** From here on a menu has a field to narrow it. */
const SEARCH_FROM = 8;
/** A menu of thousands serves nobody; narrowing reaches the rest. */
const MOST_SHOWN = 200;
const ALL = '';

/** A menu that picks one value of what occurs in the region. */
export function ValueFilter({ label, allLabel, values, selected, onChange }: ValueFilterProps) {
  const [wanted, setWanted] = useState('');
  const narrowed = values.filter(({ label: each }) => each.toLowerCase().includes(wanted.trim().toLowerCase()));
  const shown = narrowed.slice(0, MOST_SHOWN);
  return (
    <Menu position="bottom-start" width={300} onClose={() => setWanted('')}>
      <Menu.Target>
        <UnstyledButton className={classes.chip} data-active={selected !== undefined || undefined}>
          {label}
          <IconChevronDown size={12} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {values.length > SEARCH_FROM ? (
          <Menu.Search
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
            placeholder={`Narrow ${formatInteger(values.length)} values`}
            aria-label={`Narrow the values of ${label.toLowerCase()}`}
          />
        ) : null}
        <Menu.RadioGroup value={selected ?? ALL} onChange={(value) => onChange(value === ALL ? undefined : value)}>
          {wanted ? null : (
            <Menu.RadioItem closeMenuOnClick value={ALL}>
              {allLabel}
            </Menu.RadioItem>
          )}
          {shown.map(({ value, label: each, count }) => (
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
        {shown.length === 0 ? <Menu.Label>Nothing is called that</Menu.Label> : null}
        {narrowed.length > shown.length ? (
          <Menu.Label>{formatInteger(narrowed.length - shown.length)} more: narrow to find them</Menu.Label>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
