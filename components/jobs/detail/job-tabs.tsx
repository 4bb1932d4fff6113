'use client';

import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import type { JobRef } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import classes from './job-tabs.module.css';
import { useBracketKeys } from './use-bracket-keys';

const TABS = [
  { tab: undefined, label: 'Overview' },
  { tab: 'metrics', label: 'Reward' },
  { tab: 'checkpoints', label: 'Checkpoints' },
  { tab: 'rollouts', label: 'Rollouts' },
  { tab: 'logs', label: 'Logs' },
  { tab: 'config', label: 'Config' },
  { tab: 'events', label: 'Events' },
] as const;

/** Tabs are pages of their own: links, so that they can be shared, opened beside each other and gone back from. */
export function JobTabs({ region, jobRef }: { region: string; jobRef: JobRef }) {
  const pathname = usePathname();
  const router = useRouter();
  const tabs = TABS.map(({ tab, label }) => {
    const href = pagePaths.job(region, jobRef.jobCategory, jobRef.jobName, tab);
    return { label, href, current: pathname === href };
  });
  const place = tabs.findIndex((tab) => tab.current);
  useBracketKeys((by) => {
    const next = tabs[(Math.max(0, place) + by + tabs.length) % tabs.length];
    if (next) router.push(next.href);
  });
  return (
    <nav aria-label="Parts of the job" className={classes.nav}>
      <ul className={classes.tabs}>
        {tabs.map(({ label, href, current }) => (
          <li key={label}>
            <Link href={href} className={classes.tab} aria-current={current ? 'page' : undefined}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
      <div className={classes.menu}>
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={14} />}>
              {tabs[place]?.label ?? 'Parts'}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {tabs.map(({ label, href, current }) => (
              <Menu.Item key={label} component={Link} href={href} aria-current={current ? 'page' : undefined}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </nav>
  );
}
