'use client';

import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { StatusIcon } from '@/components/ui/status-icon';
import { formatJobsSearch, parseJobsSearch } from '@/lib/jobs/jobs-search';
import { shownStatus } from '@/lib/jobs/status';
import { jobListQuery } from '@/lib/queries/jobs-queries';
import classes from './lineage.module.css';

const TYPING_PAUSE_MS = 200;
const SHOWN = 8;

/** Finds a job by name, also one that is not on the screen, and flies to it. */
export function LineageSearch({ region, onGoTo }: { region: string; onGoTo: (focus: string) => void }) {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text.trim(), TYPING_PAUSE_MS);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const search = formatJobsSearch(parseJobsSearch({ q: settled }).search);
  const { data, isFetching } = useQuery({ ...jobListQuery(region, search), enabled: settled !== '' });
  const jobs = settled === '' ? [] : (data?.jobs.slice(0, SHOWN) ?? []);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        onGoTo(`job:${id}`);
        setText('');
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          className={classes.search}
          aria-label="Find a job in the lineage"
          placeholder="Find a job"
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={settled === ''}>
        <Combobox.Options aria-label="Jobs found">
          {jobs.map(({ jobCategory, jobName, jobStatus, secondaryStatus }) => (
            <Combobox.Option key={`${jobCategory}/${jobName}`} value={`${jobCategory}/${jobName}`}>
              <span className={classes.hit}>
                <StatusIcon tone={shownStatus(jobStatus, secondaryStatus).tone} sizePx={12} />
                {jobName}
              </span>
            </Combobox.Option>
          ))}
          {jobs.length === 0 ? (
            <Combobox.Empty>{isFetching ? 'Searching' : 'No job is called that'}</Combobox.Empty>
          ) : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
