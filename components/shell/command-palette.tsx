'use client';

import { useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconKeyboard, IconListDetails, IconSearch, IconWorld } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { StatusIcon } from '@/components/ui/status-icon';
import { pagePaths } from '@/lib/contract/paths';
import { formatJobsSearch, parseJobsSearch } from '@/lib/jobs/jobs-search';
import { shownStatus } from '@/lib/jobs/status';
import { jobListQuery } from '@/lib/queries/jobs-queries';
import { THEME_CHOICES } from './theme-menu';

interface Command {
  id: string;
  label: string;
  description?: string;
  icon: ReactNode;
  run: () => void;
}

interface CommandPaletteProps {
  region: string;
  regions: string[];
  onHelp: () => void;
}

const TYPING_PAUSE_MS = 200;
const JOBS_SHOWN = 8;

/** Everything by typing: jobs by name, pages, theme. Opens with Ctrl or ⌘ and K. */
export function CommandPalette({ region, regions, onHelp }: CommandPaletteProps) {
  const router = useRouter();
  const { setColorScheme } = useMantineColorScheme();
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text.trim(), TYPING_PAUSE_MS);
  const search = formatJobsSearch(parseJobsSearch({ q: settled }).search);
  const jobs = useQuery({ ...jobListQuery(region, search), enabled: settled !== '' });

  const found: Command[] =
    settled && text.trim() && jobs.data
      ? jobs.data.jobs.slice(0, JOBS_SHOWN).map((job) => ({
          id: `job ${job.jobCategory} ${job.jobName}`,
          label: job.jobName,
          description: shownStatus(job.jobStatus, job.secondaryStatus).label,
          icon: <StatusIcon tone={shownStatus(job.jobStatus, job.secondaryStatus).tone} />,
          run: () => router.push(pagePaths.job(region, job.jobCategory, job.jobName)),
        }))
      : [];
  const pages: Command[] = [
    {
      id: 'jobs',
      label: 'Jobs',
      description: region,
      icon: <IconListDetails size={16} />,
      run: () => router.push(pagePaths.jobs(region)),
    },
    ...regions
      .filter((each) => each !== region)
      .map((each) => ({
        id: `region ${each}`,
        label: `Jobs in ${each}`,
        icon: <IconWorld size={16} />,
        run: () => router.push(pagePaths.jobs(each)),
      })),
    { id: 'keys', label: 'Keys', icon: <IconKeyboard size={16} />, run: onHelp },
  ];
  const themes: Command[] = THEME_CHOICES.map(({ value, label, Icon }) => ({
    id: `theme ${value}`,
    label: `Theme: ${label.toLowerCase()}`,
    icon: <Icon size={16} />,
    run: () => setColorScheme(value),
  }));
  const wanted = text.trim().toLowerCase();
  const fits = ({ label }: Command) => label.toLowerCase().includes(wanted);
  const groups = [
    { title: 'Jobs', commands: found },
    { title: 'Pages', commands: pages.filter(fits) },
    { title: 'Theme', commands: themes.filter(fits) },
  ].filter(({ commands }) => commands.length > 0);

  return (
    <Spotlight.Root
      query={text}
      onQueryChange={setText}
      shortcut="mod + K"
      tagsToIgnore={[]}
      scrollable
      maxHeight={420}
      transitionProps={{ duration: 120 }}
      aria-label="Command palette"
    >
      <Spotlight.Search
        placeholder="Job, page or theme"
        aria-label="Search for a job, a page or a theme"
        leftSection={<IconSearch size={16} aria-hidden="true" />}
      />
      <Spotlight.ActionsList>
        {groups.map(({ title, commands }) => (
          <Spotlight.ActionsGroup key={title} label={title}>
            {commands.map(({ id, label, description, icon, run }) => (
              <Spotlight.Action key={id} label={label} description={description} leftSection={icon} onClick={run} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 ? (
          <Spotlight.Empty>{jobs.isFetching ? 'Searching' : 'Nothing is called that'}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** Opens the palette, for a button. */
export const openCommandPalette = () => spotlight.open();
