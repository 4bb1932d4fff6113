'use client';

import { useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconGitBranch, IconKeyboard, IconListDetails, IconSearch, IconTrash, IconWorld } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { StatusIcon } from '@/components/ui/status-icon';
import type { JobRow } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import { formatJobsSearch, parseJobsSearch } from '@/lib/jobs/jobs-search';
import { shownStatus } from '@/lib/jobs/status';
import { jobListQuery } from '@/lib/queries/jobs-queries';
import classes from './command-palette.module.css';
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

const [store, palette] = createSpotlight();

const TYPING_PAUSE_MS = 200;
const JOBS_SHOWN = 8;

/** Everything by typing: jobs by name, pages, theme. Opens with Ctrl or ⌘ and K. */
export function CommandPalette({ region, regions, onHelp }: CommandPaletteProps) {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text.trim(), TYPING_PAUSE_MS);
  const wanted = text.trim();
  const list = (jobs: JobRow[], searching: boolean) => (
    <Commands region={region} regions={regions} onHelp={onHelp} wanted={wanted} jobs={jobs} searching={searching} />
  );
  return (
    <Spotlight.Root
      store={store}
      query={text}
      onQueryChange={setText}
      shortcut="mod + K"
      tagsToIgnore={[]}
      scrollable
      lockScroll={false}
      maxHeight={420}
      transitionProps={{ duration: 120 }}
      attributes={{ content: { 'aria-label': 'Command palette' } }}
    >
      <Spotlight.Search
        placeholder="Job, page or theme"
        aria-label="Search for a job, a page or a theme"
        leftSection={<IconSearch size={16} aria-hidden="true" />}
      />
      <Spotlight.ActionsList>
        {wanted && settled ? (
          <FoundJobs region={region} wanted={settled}>
            {list}
          </FoundJobs>
        ) : (
          list([], false)
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

interface FoundJobsProps {
  region: string;
  wanted: string;
  children: (jobs: JobRow[], searching: boolean) => ReactNode;
}

/** Asks only while something is typed: an idle query would stand where the jobs list's first answer belongs. */
function FoundJobs({ region, wanted, children }: FoundJobsProps) {
  const search = formatJobsSearch(parseJobsSearch({ q: wanted }).search);
  const { data, isFetching } = useQuery(jobListQuery(region, search));
  return children(data?.jobs.slice(0, JOBS_SHOWN) ?? [], isFetching);
}

interface CommandsProps extends CommandPaletteProps {
  wanted: string;
  jobs: JobRow[];
  searching: boolean;
}

function Commands({ region, regions, onHelp, wanted, jobs, searching }: CommandsProps) {
  const router = useRouter();
  const { setColorScheme } = useMantineColorScheme();
  const found: Command[] = jobs.map(({ jobCategory, jobName, jobStatus, secondaryStatus }) => {
    const { label, tone } = shownStatus(jobStatus, secondaryStatus);
    return {
      id: `job ${jobCategory} ${jobName}`,
      label: jobName,
      description: label,
      icon: <StatusIcon tone={tone} />,
      run: () => router.push(pagePaths.job(region, jobCategory, jobName)),
    };
  });
  const others = regions.filter((each) => each !== region);
  const pages: Command[] = [
    {
      id: 'jobs',
      label: 'Jobs',
      description: region,
      icon: <IconListDetails size={16} />,
      run: () => router.push(pagePaths.jobs(region)),
    },
    {
      id: 'lineage',
      label: 'Lineage',
      description: region,
      icon: <IconGitBranch size={16} />,
      run: () => router.push(pagePaths.lineage(region)),
    },
    {
      id: 'prune',
      label: 'Prune',
      description: region,
      icon: <IconTrash size={16} />,
      run: () => router.push(pagePaths.prune(region)),
    },
    ...others.map((each) => ({
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
  const fits = ({ label }: Command) => label.toLowerCase().includes(wanted.toLowerCase());
  const groups = [
    { title: 'Jobs', commands: found },
    { title: 'Pages', commands: pages.filter(fits) },
    { title: 'Theme', commands: themes.filter(fits) },
  ].filter(({ commands }) => commands.length > 0);
  const first = wanted ? groups[0]?.commands[0]?.id : undefined;
  useEffect(() => {
    // What was found by typing is what Enter means, also when it was found a moment later.
    const list = first === undefined ? null : document.getElementById(store.getState().listId);
    const rows = list?.querySelectorAll('[data-action]') ?? [];
    if (rows.length === 0) return;
    rows.forEach((row, i) => void row.toggleAttribute('data-selected', i === 0));
    store.updateState((state) => ({ ...state, selected: 0 }));
  }, [first]);
  if (groups.length === 0)
    return <Spotlight.Empty>{searching ? 'Searching' : 'Nothing is called that'}</Spotlight.Empty>;
  return groups.map(({ title, commands }) => (
    <Spotlight.ActionsGroup key={title} label={title} className={classes.group}>
      {commands.map(({ id, label, description, icon, run }) => (
        <Spotlight.Action key={id} label={label} description={description} leftSection={icon} onClick={run} />
      ))}
    </Spotlight.ActionsGroup>
  ));
}

/** Opens the palette, for a button. */
export const openCommandPalette = () => palette.open();
