'use client';

import { Button } from '@mantine/core';
import { useState } from 'react';
import type { JobDetail } from '@/lib/contract/jobs';
import type { StoryResponse } from '@/lib/contract/story';
import { jobStatusFacts } from '@/lib/jobs/status';
import { formatPlural } from '@/lib/shared/format';
import classes from './story.module.css';
import { StoryEntry } from './story-entry';

/** More are folded away: the pinned ones, errors and the last ones stay. */
const SHOWN = 14;

interface StoryEntriesProps {
  region: string;
  job: JobDetail;
  story: StoryResponse;
}

/** The story in words, oldest first, by how long before the end; the first error of each source is pinned. */
export function StoryEntries({ region, job, story }: StoryEntriesProps) {
  const [whole, setWhole] = useState(false);
  const { entries } = story;
  const kept = whole
    ? entries
    : entries.filter((entry, i) => entry.pinned || i >= entries.length - SHOWN || entry.level === 'error');
  const hidden = entries.length - kept.length;
  const over = jobStatusFacts(job.jobStatus).final;
  const endMs = Date.parse((over ? (job.endTime ?? entries.at(-1)?.at) : undefined) ?? story.awsNow);
  return (
    <>
      {hidden > 0 ? (
        <p className={classes.more}>
          <Button variant="default" onClick={() => setWhole(true)}>
            Show {formatPlural(hidden, 'earlier entry', 'earlier entries')}
          </Button>
        </p>
      ) : null}
      <ol className={classes.entries} aria-label={over ? 'Story of the end' : 'Story until now'}>
        {kept.map((entry) => (
          <StoryEntry
            key={entry.id}
            entry={entry}
            endMs={endMs}
            endWord={over ? 'end' : 'now'}
            region={region}
            job={job}
          />
        ))}
      </ol>
    </>
  );
}
