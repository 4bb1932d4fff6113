'use client';

import { Button } from '@mantine/core';
import { IconPinFilled } from '@tabler/icons-react';
import Link from 'next/link';
import { useState } from 'react';
import { Hint } from '@/components/ui/hint';
import { AbsoluteTime } from '@/components/ui/time-text';
import type { JobDetail } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import type { StoryEntry, StorySource } from '@/lib/contract/story';
import { formatInteger, formatPlural } from '@/lib/shared/format';
import { formatDuration } from '@/lib/shared/time';
import classes from './story.module.css';

const SOURCE_WORDS: Record<StorySource, string> = {
  transitions: 'Status',
  'job-log': 'Job log',
  'agent-log': 'Agent log',
  cloudtrail: 'CloudTrail',
};

/** More are folded away: the pinned ones and the last ones stay. */
const SHOWN = 14;

interface StoryEntriesProps {
  region: string;
  job: JobDetail;
  entries: readonly StoryEntry[];
}

/** The story in words, oldest first, by how long before the end; the first error of each source is pinned. */
export function StoryEntries({ region, job, entries }: StoryEntriesProps) {
  const [whole, setWhole] = useState(false);
  const kept = whole
    ? entries
    : entries.filter((entry, i) => entry.pinned || i >= entries.length - SHOWN || entry.level === 'error');
  const hidden = entries.length - kept.length;
  const endMs = Date.parse(job.endTime ?? entries.at(-1)?.at ?? job.lastModifiedTime);
  return (
    <>
      {hidden > 0 ? (
        <p className={classes.more}>
          <Button variant="default" onClick={() => setWhole(true)}>
            Show {formatPlural(hidden, 'earlier entry', 'earlier entries')}
          </Button>
        </p>
      ) : null}
      <ol className={classes.entries} aria-label="Story of the failure">
        {kept.map((entry) => (
          <Entry key={entry.id} entry={entry} endMs={endMs} region={region} job={job} />
        ))}
      </ol>
    </>
  );
}

function Entry({ entry, endMs, region, job }: { entry: StoryEntry; endMs: number; region: string; job: JobDetail }) {
  const { at, source, level, text, count, pinned, lastAt } = entry;
  const atMs = Date.parse(at);
  const before = endMs - atMs;
  return (
    <li className={classes.entry} data-level={level} data-pinned={pinned || undefined}>
      <Hint label={() => <AbsoluteTime timeMs={atMs} />}>
        <time dateTime={at} className={classes.when}>
          {Math.abs(before) < 500 ? 'end' : `${before > 0 ? '−' : '+'}${formatDuration(Math.abs(before))}`}
        </time>
      </Hint>
      <span className={classes.source}>{SOURCE_WORDS[source]}</span>
      <div className={classes.words}>
        {pinned ? (
          <span className={classes.pin}>
            <IconPinFilled size={12} aria-hidden="true" /> First {level === 'error' ? 'error' : 'warning'}
          </span>
        ) : null}
        <span className={source === 'transitions' || source === 'cloudtrail' ? undefined : classes.mono}>{text}</span>
        {count > 1 ? (
          <span className={classes.count}>
            {formatInteger(count)} times{lastAt ? `, for ${formatDuration(Date.parse(lastAt) - atMs)}` : ''}
          </span>
        ) : null}
        {pinned && source === 'job-log' ? (
          <Link className={classes.link} href={pagePaths.job(region, job.jobCategory, job.jobName, 'logs')}>
            Open the log
          </Link>
        ) : null}
      </div>
    </li>
  );
}
