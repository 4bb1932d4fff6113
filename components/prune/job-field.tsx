'use client';

import { Autocomplete } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { jobListQuery } from '@/lib/queries/jobs-queries';

interface JobFieldProps {
  region: string;
  label: string;
  placeholder: string;
  value: string | undefined;
  onChange: (jobName: string | undefined) => void;
}

/** A person types faster than a list of jobs needs to follow. */
const TYPING_MS = 200;
const JOB_NAME = /^[a-zA-Z0-9-]{1,63}$/;

/**
 * A training job, found by a part of its name. What is chosen counts, and what Enter is pressed on; half a name that is left
 * is taken back.
 */
export function JobField({ region, label, placeholder, value, onChange }: JobFieldProps) {
  const [typed, setTyped] = useState<string>();
  const [focused, setFocused] = useState(false);
  const [asked] = useDebouncedValue(typed?.trim() ?? '', TYPING_MS);
  const search = new URLSearchParams({ category: 'AgentRFT', ...(asked ? { q: asked } : {}), limit: '20' }).toString();
  const { data } = useQuery({ ...jobListQuery(region, search), enabled: focused });
  const found = data?.jobs.map(({ jobName }) => jobName) ?? [];
  const commit = (name: string) => {
    setTyped(undefined);
    if (name !== (value ?? '')) onChange(name || undefined);
  };
  const leave = () => {
    setFocused(false);
    const name = typed?.trim();
    if (name === undefined) return;
    if (name === '' || found.includes(name)) commit(name);
    else setTyped(undefined);
  };
  return (
    <Autocomplete
      size="xs"
      label={label}
      placeholder={placeholder}
      value={typed ?? value ?? ''}
      data={found}
      // The server has searched already, also in models and datasets.
      filter={({ options }) => options}
      onChange={setTyped}
      onOptionSubmit={commit}
      onFocus={() => setFocused(true)}
      onBlur={leave}
      onKeyDown={(event) => {
        const name = typed?.trim();
        // Enter on an option is the option's.
        if (event.key !== 'Enter' || name === undefined || event.currentTarget.getAttribute('aria-activedescendant'))
          return;
        if (name === '' || JOB_NAME.test(name)) commit(name);
      }}
      comboboxProps={{ position: 'bottom-start', width: 320 }}
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${label.toLowerCase()}` }}
      onClear={() => commit('')}
      spellCheck={false}
      maxLength={63}
    />
  );
}
