'use client';

import { Button } from '@mantine/core';
import { useCallback } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { NoPermissionState } from '@/components/ui/no-permission-state';
import { StaleNote } from '@/components/ui/stale-note';
import type { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import { plainLogText } from '@/lib/logs/log-line';
import type { LogFeedState } from '@/lib/queries/log-feed';
import { useLogFeed } from '@/lib/queries/logs-query';
import classes from './job-log.module.css';
import { LogFacts } from './log-facts';
import { LogLines } from './log-lines';
import { LogSkeleton } from './log-skeleton';
import { LogStateMessage, NothingFound } from './log-state-message';
import { LogToolbar } from './log-toolbar';
import { useLogUrl } from './use-log-url';

interface JobLogProps {
  region: string;
  job: JobRef;
}

/** The job's own log in CloudWatch: opened at its end, read back as far as it goes, live while the job runs. */
export function JobLog({ region, job }: JobLogProps) {
  const [{ q, wrap }, setUrl] = useLogUrl();
  const { feed, state } = useLogFeed(region, job, q);
  const onRetry = () => void feed.retry();
  const loadOlder = useCallback(() => void feed.loadOlder(), [feed]);
  const onWords = (words: string) => void setUrl({ q: words || null });
  const shownText = () =>
    feed
      .getState()
      .events.map(({ timestamp, message }) => `${timestamp} ${plainLogText(message)}`)
      .join('\n');

  if (state.status === 'failed' && state.error) return <Failed error={state.error} onRetry={onRetry} />;
  const { error } = state;
  // Without a single line there is nothing to search, wrap or copy.
  const isSilent = state.status === 'ready' && state.events.length === 0 && !q;
  return (
    <section className={classes.log} aria-label="Job log">
      {isSilent ? null : (
        <LogToolbar
          words={q}
          onWords={onWords}
          wrap={wrap}
          onWrap={(next) => void setUrl({ wrap: next || null })}
          shownText={shownText}
          shownCount={state.events.length}
        />
      )}
      <LogFacts state={state} words={q} />
      {error ? (
        <StaleNote message={error.message} {...(error.hint ? { hint: error.hint } : {})} onRetry={onRetry} />
      ) : null}
      <Body
        // A list of its own for other words: it opens at its own end.
        key={q}
        label={`Log of ${job.jobName}`}
        state={state}
        words={q}
        wrap={wrap}
        onOlder={loadOlder}
        onClear={() => onWords('')}
      />
    </section>
  );
}

interface BodyProps {
  label: string;
  state: LogFeedState;
  words: string;
  wrap: boolean;
  onOlder: () => void;
  onClear: () => void;
}

function Body({ label, state, words, wrap, onOlder, onClear }: BodyProps) {
  const { status, events, about, hasOlder, loadingOlder } = state;
  if (status === 'loading' || !about) return <LogSkeleton />;
  if (events.length === 0 && words) {
    return (
      <NothingFound
        words={words}
        complete={!hasOlder}
        actions={
          <>
            {hasOlder ? <SearchOlder loading={loadingOlder} onClick={onOlder} /> : null}
            <Button variant="default" onClick={onClear}>
              Clear the search
            </Button>
          </>
        }
      />
    );
  }
  if (events.length === 0) {
    return <LogStateMessage state={about.state === 'ok' ? 'empty' : about.state} logGroup={about.logGroup} />;
  }
  // A search goes on when it is asked to; the log itself when its top comes near.
  const goesOnByItself = hasOlder && !words;
  return (
    <>
      {hasOlder && words ? (
        <div className={classes.older}>
          <SearchOlder loading={loadingOlder} onClick={onOlder} />
        </div>
      ) : null}
      <LogLines
        label={label}
        events={events}
        wrap={wrap}
        words={words}
        onNearTop={goesOnByItself ? onOlder : undefined}
        loadingOlder={loadingOlder}
        top={topText(state, words)}
      />
    </>
  );
}

function topText({ hasOlder, loadingOlder }: LogFeedState, words: string): string {
  if (loadingOlder) return 'Reading older lines …';
  if (words) return hasOlder ? 'Older lines were not searched yet' : 'Start of the log';
  return hasOlder ? 'Older lines follow' : 'Start of the log';
}

function SearchOlder({ loading, onClick }: { loading: boolean; onClick: () => void }) {
  return (
    <Button variant="default" loading={loading} onClick={onClick}>
      Search older lines
    </Button>
  );
}

function Failed({ error, onRetry }: { error: AppError; onRetry: () => void }) {
  const words = { message: error.message, ...(error.hint ? { hint: error.hint } : {}) };
  return error.code === 'access_denied' ? (
    <NoPermissionState title="The log may not be read" {...words} />
  ) : (
    <ErrorState title="The log could not be read" {...words} onRetry={onRetry} />
  );
}
