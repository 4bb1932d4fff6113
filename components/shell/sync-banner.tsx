'use client';

import { Button, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { TimeText } from '@/components/ui/time-text';
import type { Health } from '@/lib/contract/health';
import { toSyncProblems } from '@/lib/jobs/sync-words';
import classes from './sync-banner.module.css';

interface SyncBannerProps {
  region: string;
  health: Health | undefined;
  serverChanged: boolean;
}

/** How many problems are shown before the rest is folded. */
const SHOWN = 2;

/** What keeps Cairn from reading AWS, where, and what mends it; the region on screen first. */
export function SyncBanner({ region, health, serverChanged }: SyncBannerProps) {
  const [all, setAll] = useState(false);
  const regions = [...(health?.sync.regions ?? [])].sort(
    (a, b) => Number(b.region === region) - Number(a.region === region),
  );
  const problems = regions.flatMap((each) => toSyncProblems(each.region, each.errors));
  const shown = all ? problems : problems.slice(0, SHOWN);
  const catalogError =
    health && !health.catalog.ok ? (health.catalog.error ?? 'The catalog cannot be read.') : undefined;
  return (
    <div role="status">
      {serverChanged || catalogError || problems.length > 0 ? (
        <section aria-label="Notices">{notices()}</section>
      ) : null}
    </div>
  );

  function notices() {
    return (
      <>
        {serverChanged ? (
          <div className={classes.note}>
            <IconRefresh size={16} className={classes.calm} aria-hidden="true" />
            <p className={classes.text}>Another version of Cairn runs now. Reload the page to use it.</p>
            <Button variant="default" onClick={() => window.location.reload()}>
              Reload
            </Button>
          </div>
        ) : null}
        {catalogError ? (
          <div className={classes.note} data-tone="failed">
            <IconAlertTriangle size={16} className={classes.icon} aria-hidden="true" />
            <p className={classes.text}>
              <strong>The catalog cannot be read.</strong> {catalogError}
            </p>
          </div>
        ) : null}
        {shown.map(({ key, title, message, fix, since }) => (
          <div key={key} className={classes.note} data-tone="failed">
            <IconAlertTriangle size={16} className={classes.icon} aria-hidden="true" />
            <p className={classes.text}>
              <strong>{title}</strong>{' '}
              <span className={classes.since}>
                since <TimeText iso={since} />
              </span>
              <br />
              {message} {fix}
            </p>
          </div>
        ))}
        {problems.length > SHOWN ? (
          <UnstyledButton className={classes.more} onClick={() => setAll(!all)} aria-expanded={all}>
            {all ? 'Show fewer problems' : `Show all ${problems.length} problems`}
          </UnstyledButton>
        ) : null}
      </>
    );
  }
}
