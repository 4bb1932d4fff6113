'use client';

import { IconPinFilled } from '@tabler/icons-react';
import Link from 'next/link';
import { Hint } from '@/components/ui/hint';
import { AbsoluteTime } from '@/components/ui/time-text';
import type { JobDetail } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import type { StoryEntry as Entry, StorySource } from '@/lib/contract/story';
import { formatInteger } from '@/lib/shared/format';
import { formatDuration } from '@/lib/shared/time';
import classes from './story.module.css';

const SOURCE_WORDS: Record<StorySource, string> = {
  transitions: 'Status',
  'job-log': 'Job log',
  'agent-log': 'Agent log',
  rollouts: 'Rollouts',
  'rollout-calls': 'Calls',
  cloudtrail: 'CloudTrail',
};
/** What a program wrote is shown as it was written. */
const WRITTEN: ReadonlySet<StorySource> = new Set(['job-log', 'agent-log', 'rollout-calls']);

interface StoryEntryProps {
  entry: Entry;
  /** What times are told against: the end of the job, or now. */
  endMs: number;
  endWord: string;
  region: string;
  job: JobDetail;
}

/** One thing that happened, by how long before the end. */
export function StoryEntry({ entry, endMs, endWord, region, job }: StoryEntryProps) {
  const { at, source, level, text, count, pinned, lastAt } = entry;
  const atMs = Date.parse(at);
  const before = endMs - atMs;
  const link = linkOf(entry, region, job);
  return (
    <li className={classes.entry} data-level={level} data-pinned={pinned || undefined}>
      <Hint label={() => <AbsoluteTime timeMs={atMs} />}>
        <time dateTime={at} className={classes.when}>
          {Math.abs(before) < 500 ? endWord : `${before > 0 ? '−' : '+'}${formatDuration(Math.abs(before))}`}
        </time>
      </Hint>
      <span className={classes.source}>{SOURCE_WORDS[source]}</span>
      <div className={classes.words}>
        {pinned ? (
          <span className={classes.pin}>
            <IconPinFilled size={12} aria-hidden="true" /> First {level === 'error' ? 'error' : 'warning'}
          </span>
        ) : null}
        <span className={WRITTEN.has(source) ? classes.mono : undefined}>{text}</span>
        {count > 1 ? (
          <span className={classes.count}>
            {formatInteger(count)} times
            {lastAt && lastAt !== at ? `, for ${formatDuration(Date.parse(lastAt) - atMs)}` : ''}
          </span>
        ) : null}
        {link ? (
          <Link className={classes.link} href={link.href}>
            {link.words}
          </Link>
        ) : null}
      </div>
    </li>
  );
}

function linkOf({ source, pinned, at, stream, step }: Entry, region: string, job: JobDetail) {
  if (source === 'rollouts') {
    const path = pagePaths.job(region, job.jobCategory, job.jobName, 'rollouts');
    return { href: `${path}?outcome=error${step === undefined ? '' : `&step=${step}`}`, words: 'Show them' };
  }
  if (!pinned || (source !== 'job-log' && source !== 'agent-log')) return undefined;
  const line = { timestamp: at, ...(stream !== undefined && { stream }) };
  return {
    href: pagePaths.logs(region, job, { source: source === 'job-log' ? 'job' : 'agent', line }),
    words: 'Open the log here',
  };
}
