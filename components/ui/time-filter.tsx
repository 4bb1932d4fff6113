'use client';

import { Button, Popover, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { parseTime } from '@/lib/shared/time';
import classes from './filter-bar.module.css';

interface TimeFilterProps {
  /** What the times are of. */
  label?: string;
  presets?: readonly TimePreset[];
  since: string | undefined;
  until: string | undefined;
  /** The time at AWS, from which "last 24 hours" counts back. */
  awsNow: string | undefined;
  onChange: (range: { since: string | undefined; until: string | undefined }) => void;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;

export interface TimePreset {
  label: string;
  /** Counted back from the time at AWS. */
  ms: number;
}

const PRESETS: readonly TimePreset[] = [
  { label: 'Last 24 hours', ms: DAY_MS },
  { label: 'Last 7 days', ms: 7 * DAY_MS },
  { label: 'Last 30 days', ms: 30 * DAY_MS },
  { label: 'Last 90 days', ms: 90 * DAY_MS },
];

/** A moment as a `datetime-local` field wants it: in the viewer's zone, without one. */
function toField(iso: string | undefined): string {
  const ms = parseTime(iso);
  if (ms === undefined) return '';
  const zoned = new Date(ms - new Date(ms).getTimezoneOffset() * MINUTE_MS);
  return zoned.toISOString().slice(0, 16);
}

/** A field's value, read in the viewer's zone, as ISO in UTC; undefined when it is empty. */
function fromField(value: string): string | undefined {
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** When something was: a few common ranges, or two moments. The URL keeps moments, so that a link shows the same later. */
export function TimeFilter({ label = 'Started', presets = PRESETS, since, until, awsNow, onChange }: TimeFilterProps) {
  const [opened, setOpened] = useState(false);
  const apply = (range: { since: string | undefined; until: string | undefined }) => {
    setOpened(false);
    onChange(range);
  };
  const back = (ms: number) => {
    const now = parseTime(awsNow) ?? Date.now();
    const start = Math.floor((now - ms) / MINUTE_MS) * MINUTE_MS;
    apply({ since: new Date(start).toISOString(), until: undefined });
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    apply({ since: fromField(String(fields.get('since'))), until: fromField(String(fields.get('until'))) });
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" width={260} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.chip}
          data-active={since || until ? true : undefined}
          onClick={() => setOpened(!opened)}
        >
          {label}
          <IconChevronDown size={12} aria-hidden="true" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={label} p={4}>
        {presets.map(({ label: each, ms }) => (
          <UnstyledButton key={each} className={classes.preset} onClick={() => back(ms)}>
            {each}
          </UnstyledButton>
        ))}
        <form onSubmit={onSubmit} className={classes.range} key={`${since} ${until}`}>
          <TextInput type="datetime-local" name="since" label="From" defaultValue={toField(since)} />
          <TextInput type="datetime-local" name="until" label="To" defaultValue={toField(until)} />
          <Button type="submit" variant="default">
            Show this range
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
