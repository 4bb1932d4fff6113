'use client';

import { ActionIcon } from '@mantine/core';
import { IconCommand, IconKeyboard } from '@tabler/icons-react';
import { CopyButton } from '@/components/ui/copy-button';
import type { Health } from '@/lib/contract/health';
import type { LiveEvents } from '@/lib/queries/use-live-events';
import { Brand } from './brand';
import { openCommandPalette } from './command-palette';
import classes from './header.module.css';
import { ModeBadges } from './mode-badges';
import { PrimaryNav } from './primary-nav';
import { RegionSwitch } from './region-switch';
import { SearchBox } from './search-box';
import { SyncStatus } from './sync-status';
import { ThemeMenu } from './theme-menu';

interface HeaderProps {
  region: string;
  health: Health | undefined;
  heardAtMs: number;
  live: LiveEvents;
  onHelp: () => void;
}

/** The slim line on top of every page: where one is, whose data it is, how fresh it is. */
export function Header({ region, health, heardAtMs, live, onHelp }: HeaderProps) {
  return (
    <header className={classes.header}>
      <div className={classes.where}>
        <Brand region={region} />
        <PrimaryNav region={region} />
        <RegionSwitch region={region} regions={health?.regions ?? []} />
        {health?.account ? (
          <span className={classes.account}>
            <span className={classes.accountId}>{health.account}</span>
            <CopyButton value={health.account} what="account id" />
          </span>
        ) : null}
        <ModeBadges health={health} />
      </div>
      <SearchBox region={region} />
      <div className={classes.tools}>
        <SyncStatus region={region} health={health} heardAtMs={heardAtMs} live={live.state} onRetry={live.retryNow} />
        <ActionIcon
          aria-label="Command palette"
          aria-keyshortcuts="Control+K Meta+K"
          onClick={openCommandPalette}
          className={classes.wideOnly}
        >
          <IconCommand size={16} />
        </ActionIcon>
        <ActionIcon aria-label="Keys" aria-keyshortcuts="?" onClick={onHelp} className={classes.wideOnly}>
          <IconKeyboard size={16} />
        </ActionIcon>
        <ThemeMenu />
      </div>
    </header>
  );
}
