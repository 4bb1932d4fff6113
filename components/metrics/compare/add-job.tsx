'use client';

import { Autocomplete } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { comparedWord, MAX_COMPARED } from '@/lib/metrics/compare-words';
import { jobListQuery } from '@/lib/queries/jobs-queries';
import classes from './compare.module.css';

interface AddJobProps {
  region: string;
  jobs: string[];
  onAdd: (word: string) => void;
}

/** A person types faster than a list of jobs needs to follow. */
const TYPING_MS = 200;

/** Finds a job by a part of its name and adds it. */
export function AddJob({ region, jobs, onAdd }: AddJobProps) {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), TYPING_MS);
  const search = new URLSearchParams({ ...(asked ? { q: asked } : {}), limit: '20' }).toString();
  const { data } = useQuery(jobListQuery(region, search));
  const full = jobs.length >= MAX_COMPARED;
  const found = (data?.jobs ?? []).map(comparedWord).filter((word) => !jobs.includes(word));
  return (
    <Autocomplete
      aria-label="Add a job to compare"
      className={classes.add}
      size="xs"
      placeholder={full ? `${MAX_COMPARED} jobs are the most` : 'Add a job'}
      disabled={full}
      leftSection={<IconPlus size={14} />}
      data={found}
      // The server has searched already, also in models and datasets.
      filter={({ options }) => options}
      value={text}
      onChange={setText}
      onOptionSubmit={(word) => {
        onAdd(word);
        // The chosen word is written into the field after this.
        setTimeout(() => setText(''));
      }}
      maxLength={100}
    />
  );
}
