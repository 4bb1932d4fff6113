'use client';

import { Checkbox, NativeSelect, SegmentedControl, TextInput, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import chips from '@/components/ui/filter-bar.module.css';
import { Panel } from '@/components/ui/panel';
import { PRUNE_STATUSES } from '@/lib/contract/prune';
import type { PruneField, PruneSearch } from '@/lib/prune/prune-search';
import { JobField } from './job-field';
import classes from './prune.module.css';
import type { PruneChange } from './use-prune-search';

interface RulesFormProps {
  region: string;
  search: PruneSearch;
  groups: readonly string[];
  onChange: (part: PruneChange) => void;
}

const FLAGS = [
  ['last', 'The last of each job, and its output'],
  ['branch', 'Branch points, also of deleted jobs'],
  ['evaluated', 'Evaluated ones'],
  ['approved', 'Approved ones'],
  ['noted', 'Ones with a note'],
] as const;

const STATUS_LABELS = { completed: 'Completed', failed: 'Failed', stopped: 'Stopped', unknown: 'Unknown' } as const;

/** What to keep, and where to look. Every change is a new address. */
export function RulesForm({ region, search, groups, onChange }: RulesFormProps) {
  const statuses = search.status?.split(',') ?? [];
  const toggle = (word: string) =>
    PRUNE_STATUSES.filter((each) => (each === word ? !statuses.includes(each) : statuses.includes(each))).join(',');
  return (
    <>
      <Panel title="Keep">
        <div className={classes.form}>
          <NumberField label="Best steps of each job" field="best" search={search} onChange={onChange} />
          <SegmentedControl
            aria-label="Best by"
            size="xs"
            value={search.by}
            onChange={(by) => onChange({ by })}
            data={[
              { value: 'validation', label: 'Validation' },
              { value: 'reward', label: 'Reward' },
            ]}
          />
          <NumberField label="Every Nth step" field="nth" search={search} onChange={onChange} />
          {FLAGS.map(([field, label]) => (
            <Checkbox
              key={field}
              size="xs"
              label={label}
              checked={search[field] === '1'}
              onChange={(event) => onChange({ [field]: event.currentTarget.checked ? '1' : '0' })}
            />
          ))}
          <p className={classes.dim}>
            Always kept: what a job started from, what a running job wrote, the last point an unfinished job can be
            resumed from, pinned, unattributed and unfinished ones.
          </p>
          <Checkbox
            size="xs"
            label="Let those go whose job is only guessed"
            description="From the time they were written, where AWS does not name the job. Another job may have made them, and need them."
            classNames={{ description: classes.dim }}
            checked={search.guessed === '1'}
            onChange={(event) => onChange({ guessed: event.currentTarget.checked ? '1' : '0' })}
          />
        </div>
      </Panel>
      <Panel title="Look only at">
        <div className={classes.form}>
          <SegmentedControl
            aria-label="Kind of checkpoint"
            size="xs"
            value={search.kind ?? 'all'}
            onChange={(kind) => onChange({ kind: kind === 'all' ? undefined : kind })}
            data={[
              { value: 'all', label: 'Both kinds' },
              { value: 'resumable', label: 'Resumable' },
              { value: 'model', label: 'Model' },
            ]}
          />
          <NativeSelect
            size="xs"
            label="Package group"
            value={search.group ?? ''}
            onChange={(event) => onChange({ group: event.currentTarget.value || undefined })}
            data={[
              { value: '', label: 'All groups' },
              ...[...new Set([...groups, ...(search.group ? [search.group] : [])])].map((group) => ({
                value: group,
                label: group,
              })),
            ]}
          />
          <JobField
            region={region}
            label="Made by job"
            placeholder="Any job"
            value={search.job}
            onChange={(job) => onChange({ job })}
          />
          <JobField
            region={region}
            label="Lineage of job"
            placeholder="Any lineage"
            value={search.lineage}
            onChange={(lineage) => onChange({ lineage })}
          />
          <NumberField label="Older than days" field="days" search={search} onChange={onChange} />
          <fieldset className={classes.statuses}>
            <legend>Jobs that are</legend>
            {PRUNE_STATUSES.map((word) => (
              <UnstyledButton
                key={word}
                className={chips.chip}
                aria-pressed={statuses.includes(word)}
                onClick={() => onChange({ status: toggle(word) || undefined })}
              >
                {STATUS_LABELS[word]}
              </UnstyledButton>
            ))}
          </fieldset>
        </div>
      </Panel>
    </>
  );
}

interface NumberFieldProps {
  label: string;
  field: PruneField & ('best' | 'nth' | 'days');
  search: PruneSearch;
  onChange: (part: PruneChange) => void;
}

/** A field that counts when it is left or Enter is pressed: half a number is no rule. */
function NumberField({ label, field, search, onChange }: NumberFieldProps) {
  const known = search[field] === undefined ? '' : String(search[field]);
  const [typed, setTyped] = useState<string>();
  const [wrong, setWrong] = useState(false);
  const commit = () => {
    if (typed === undefined) return;
    const value = typed.trim();
    const fits = /^\d{0,6}$/.test(value);
    setWrong(!fits);
    if (!fits) return;
    setTyped(undefined);
    if (value !== known) onChange({ [field]: value || undefined });
  };
  return (
    <TextInput
      size="xs"
      label={label}
      value={typed ?? known}
      placeholder={field === 'days' ? 'Any age' : undefined}
      inputMode="numeric"
      error={wrong ? 'A whole number' : undefined}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => (event.key === 'Enter' ? commit() : undefined)}
      spellCheck={false}
    />
  );
}
