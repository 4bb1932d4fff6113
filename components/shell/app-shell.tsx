'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { pagePaths } from '@/lib/contract/paths';
import { healthQuery } from '@/lib/queries/jobs-queries';
import { useLiveEvents } from '@/lib/queries/use-live-events';
import classes from './app-shell.module.css';
import { ClockFeed } from './clock-feed';
import { CommandPalette } from './command-palette';
import { FillProgress } from './fill-progress';
import { Header } from './header';
import headerClasses from './header.module.css';
import { HelpDialog } from './help-dialog';
import { SEARCH_BOX_ID } from './search-box';
import { SyncBanner } from './sync-banner';
import { useShortcuts } from './use-shortcuts';

/** Events tell of changes at once; this is the net below them, and notices a server that is gone. */
const HEALTH_EVERY_MS = 20_000;

/** Around every page of a region: header, what is wrong with reading AWS, keys, palette. Pages stand in its `main`. */
export function AppShell({ region, children }: { region: string; children: ReactNode }) {
  const router = useRouter();
  const [help, setHelp] = useState(false);
  const live = useLiveEvents();
  const { data: health, dataUpdatedAt } = useQuery({ ...healthQuery(), refetchInterval: HEALTH_EVERY_MS });
  const regionSync = health?.sync.regions.find((each) => each.region === region);

  useShortcuts({
    '/': () => {
      const box = document.getElementById(SEARCH_BOX_ID);
      if (!(box instanceof HTMLInputElement)) return;
      box.focus();
      box.select();
    },
    'g j': () => router.push(pagePaths.jobs(region)),
    'g l': () => router.push(pagePaths.lineage(region)),
    'g p': () => router.push(pagePaths.prune(region)),
    '?': () => setHelp(true),
  });

  return (
    <>
      <a href="#content" className={classes.skip}>
        Skip to the content
      </a>
      <ClockFeed />
      {health?.mode === 'sandbox' ? (
        <aside className={headerClasses.band} aria-label="Mode">
          Sandbox: not AWS
          <span className={headerClasses.wideOnly}>. Every job here is invented, nothing costs money.</span>
        </aside>
      ) : null}
      <Header region={region} health={health} heardAtMs={dataUpdatedAt} live={live} onHelp={() => setHelp(true)} />
      <SyncBanner region={region} health={health} serverChanged={live.serverChanged} />
      <FillProgress sync={regionSync} />
      <main id="content" tabIndex={-1} className={classes.main}>
        {children}
      </main>
      <CommandPalette region={region} regions={health?.regions ?? []} onHelp={() => setHelp(true)} />
      <HelpDialog opened={help} onClose={() => setHelp(false)} />
    </>
  );
}
