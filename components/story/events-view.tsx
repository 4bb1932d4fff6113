'use client';

import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Hint } from '@/components/ui/hint';
import { Panel } from '@/components/ui/panel';
import { SkeletonBox } from '@/components/ui/skeleton-box';
import { StaleNote } from '@/components/ui/stale-note';
import { TimeText } from '@/components/ui/time-text';
import type { JobEvent } from '@/lib/contract/job-events';
import type { JobRef } from '@/lib/contract/jobs';
import { jobEventsQuery } from '@/lib/queries/story-queries';
import { formatPlural } from '@/lib/shared/format';
import classes from './events.module.css';

/** Who created, stopped, deleted and approved, and when: CloudTrail and Cairn's action log in one list. */
export function EventsView({ region, jobRef }: { region: string; jobRef: JobRef }) {
  const { data, error, refetch, isFetching } = useQuery(jobEventsQuery(region, jobRef));
  const onRetry = () => void refetch();
  const reading = data?.trail.state === 'reading';
  return (
    <Panel
      title="Events"
      note={
        data
          ? `${formatPlural(data.events.length, 'event')} · ${reading ? 'still reading CloudTrail, more may come' : 'CloudTrail may lag 15 minutes'}`
          : undefined
      }
      flush
    >
      {data?.trail.message ? (
        <StaleNote
          message={data.trail.message}
          {...(data.trail.hint ? { hint: data.trail.hint } : {})}
          onRetry={onRetry}
        />
      ) : null}
      {data ? (
        data.events.length > 0 ? (
          <ol className={classes.events} aria-label="Events, newest first">
            {data.events.map((event) => (
              <Event key={event.id} event={event} />
            ))}
          </ol>
        ) : reading ? (
          <div className={classes.loading} aria-busy="true">
            <SkeletonBox height={96} />
          </div>
        ) : (
          <EmptyState title="No events yet">
            CloudTrail shows what was done about 15 minutes later, and remembers 90 days. Cairn keeps what it has seen.
          </EmptyState>
        )
      ) : error ? (
        <ErrorState
          title="The events could not be read"
          message={error.message}
          onRetry={onRetry}
          retrying={isFetching}
        />
      ) : (
        <div className={classes.loading} aria-busy="true">
          <SkeletonBox height={96} />
        </div>
      )}
    </Panel>
  );
}

function Event({ event }: { event: JobEvent }) {
  const { at, title, who, whoArn, detail, error, source, name } = event;
  return (
    <li className={classes.event} data-failed={error ? true : undefined}>
      <span className={classes.when}>
        <TimeText iso={at} />
      </span>
      <div className={classes.words}>
        <p className={classes.title}>{title}</p>
        {detail ? <p className={classes.detail}>{detail}</p> : null}
        {error ? <p className={classes.error}>{error}</p> : null}
      </div>
      <span className={classes.who}>{who ? whoArn ? <Hint label={whoArn}>{who}</Hint> : who : 'unknown'}</span>
      <span className={classes.source}>{source === 'cairn' ? 'Cairn' : `CloudTrail ${name}`}</span>
    </li>
  );
}
