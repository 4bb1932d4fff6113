'use client';

import { Button, Popover, UnstyledButton } from '@mantine/core';
import { useTickingAge } from '@/components/ui/aws-clock';
import { CopyButton } from '@/components/ui/copy-button';
import { KeyValueList } from '@/components/ui/key-value-list';
import { Missing } from '@/components/ui/missing';
import { Mono } from '@/components/ui/mono';
import type { Health } from '@/lib/contract/health';
import { regionLagMs } from '@/lib/jobs/sync-words';
import type { LiveState } from '@/lib/queries/live-events';
import { formatAge, formatDuration } from '@/lib/shared/time';
import classes from './sync-status.module.css';

interface SyncStatusProps {
  region: string;
  health: Health | undefined;
  /** When the health was heard, on this machine's clock (milliseconds). */
  heardAtMs: number;
  live: LiveState;
  onRetry: () => void;
}

/** After this the age is worth a second look: lists are read about every 15 s. */
const OLD_MS = 60_000;

const LINE_WORDS: Record<LiveState, string> = {
  connecting: 'Connecting',
  live: 'Live: changes appear by themselves',
  reconnecting: 'The line broke, reconnecting',
  gone: 'The Cairn server does not answer',
  asleep: 'Asleep while the tab is hidden',
};

/** How fresh the page is and whether it hears of changes; click for the account, the sync and the version. */
export function SyncStatus({ region, health, heardAtMs, live, onRetry }: SyncStatusProps) {
  const lagMs = health && regionLagMs(health, region);
  const age = useTickingAge(
    (elapsed) => (lagMs === undefined ? 'not read yet' : formatAge(lagMs + elapsed)),
    heardAtMs,
  );
  const old = useTickingAge((elapsed) => (lagMs !== undefined && lagMs + elapsed > OLD_MS ? 'old' : ''), heardAtMs);
  const broken = live === 'gone' || live === 'reconnecting';
  const short = live === 'gone' ? 'Server gone' : live === 'reconnecting' ? 'Reconnecting' : age;
  const mark =
    live === 'gone'
      ? 'gone'
      : broken || live === 'connecting' || lagMs === undefined
        ? 'waiting'
        : old
          ? 'old'
          : 'live';
  return (
    <Popover position="bottom-end" width={360} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.button} aria-label={`Connection: ${LINE_WORDS[live]}, ${age}`}>
          <span className={classes.dot} data-mark={mark} aria-hidden="true" />
          <span className={classes.short}>{short}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="Connection and account">
        <p className={classes.line}>{LINE_WORDS[live]}</p>
        <KeyValueList
          items={[
            { key: 'age', label: 'Read from AWS', value: age },
            {
              key: 'account',
              label: 'Account',
              value: health?.account ? (
                <span className={classes.copied}>
                  <Mono>{health.account}</Mono>
                  <CopyButton value={health.account} what="account id" />
                </span>
              ) : (
                <Missing reason="AWS has not said yet whose credentials these are" />
              ),
            },
            { key: 'mode', label: 'Mode', value: health?.mode === 'sandbox' ? 'Sandbox: not AWS' : 'AWS' },
            ...(health?.readOnly ? [{ key: 'read', label: 'Read-only', value: health.readOnly.reason }] : []),
            {
              key: 'other',
              label: 'Other regions',
              value: <OtherRegions health={health} region={region} heardAtMs={heardAtMs} />,
            },
            { key: 'version', label: 'Cairn', value: health ? health.version : <Missing reason="Not heard yet" /> },
          ].filter(({ key }) => key !== 'other' || (health?.regions.length ?? 0) > 1)}
        />
        {broken ? (
          <Button variant="default" fullWidth onClick={onRetry} mt={8}>
            Reconnect now
          </Button>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  );
}

function OtherRegions({ health, region, heardAtMs }: Pick<SyncStatusProps, 'health' | 'region' | 'heardAtMs'>) {
  const words = useTickingAge(
    (elapsed) =>
      (health?.regions ?? [])
        .filter((each) => each !== region)
        .map((each) => {
          const lagMs = health && regionLagMs(health, each);
          return `${each}: ${lagMs === undefined ? 'not read yet' : `${formatDuration(lagMs + elapsed)} ago`}`;
        })
        .join('\n'),
    heardAtMs,
  );
  return <span className={classes.regions}>{words}</span>;
}
