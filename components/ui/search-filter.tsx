'use client';

import { Combobox, UnstyledButton, useCombobox } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { MiddleCut } from '@/components/ui/middle-cut';
import { formatInteger } from '@/lib/shared/format';
import classes from './filter-bar.module.css';
import type { ValueFilterProps } from './value-filter';

/** A list of thousands serves nobody; narrowing reaches the rest. */
const MOST_SHOWN = 200;
const ALL = '';

/** A list of many values with a field that narrows it: a combobox, since a menu may hold nothing but its items. */
export function SearchFilter({ label, allLabel, values, selected, onChange }: ValueFilterProps) {
  const [wanted, setWanted] = useState('');
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
    onDropdownClose: (source) => {
      setWanted('');
      combobox.resetSelectedOption();
      if (source === 'keyboard') combobox.focusTarget();
    },
  });
  const narrowed = values.filter(({ label: each }) => each.toLowerCase().includes(wanted.trim().toLowerCase()));
  const shown = narrowed.slice(0, MOST_SHOWN);
  const choose = (value: string) => {
    onChange(value === ALL ? undefined : value);
    combobox.closeDropdown('keyboard');
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} position="bottom-start" width={300}>
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <UnstyledButton
          className={classes.chip}
          data-active={selected !== undefined || undefined}
          aria-haspopup="listbox"
          aria-expanded={combobox.dropdownOpened}
          onClick={() => combobox.toggleDropdown()}
        >
          {label}
          <IconChevronDown size={12} aria-hidden="true" />
        </UnstyledButton>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          role="combobox"
          aria-expanded={combobox.dropdownOpened}
          aria-label={`Narrow the values of ${label.toLowerCase()}`}
          placeholder={`Narrow ${formatInteger(values.length)} values`}
          value={wanted}
          onChange={(event) => {
            setWanted(event.currentTarget.value);
            combobox.updateSelectedOptionIndex();
          }}
          onBlur={() => combobox.closeDropdown()}
        />
        <Combobox.Options className={classes.options} aria-label={label}>
          {wanted ? null : (
            <FilterOption value={ALL} chosen={selected === undefined}>
              {allLabel}
            </FilterOption>
          )}
          {shown.map(({ value, label: each, count }) => (
            <FilterOption key={value} value={value} chosen={value === selected} count={count}>
              <MiddleCut text={each} tailLength={14} />
            </FilterOption>
          ))}
        </Combobox.Options>
        {shown.length === 0 ? <Combobox.Empty>Nothing is called that</Combobox.Empty> : null}
        {narrowed.length > shown.length ? (
          <Combobox.Footer>{formatInteger(narrowed.length - shown.length)} more: narrow to find them</Combobox.Footer>
        ) : null}
      </Combobox.Dropdown>
    </Combobox>
  );
}

interface FilterOptionProps {
  value: string;
  chosen: boolean;
  count?: number;
  children: ReactNode;
}

function FilterOption({ value, chosen, count, children }: FilterOptionProps) {
  return (
    <Combobox.Option value={value} active={chosen} aria-selected={chosen} className={classes.option}>
      <span className={classes.tick}>{chosen ? <IconCheck size={14} aria-hidden="true" /> : null}</span>
      <span className={classes.optionText}>{children}</span>
      {count === undefined ? null : <span className={classes.count}>{formatInteger(count)}</span>}
    </Combobox.Option>
  );
}
