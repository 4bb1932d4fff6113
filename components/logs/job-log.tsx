'use client';

import { useCallback, useRef, useState } from 'react';
import { copyText } from '@/components/ui/copy-text';
import { StaleNote } from '@/components/ui/stale-note';
import type { JobRef } from '@/lib/contract/jobs';
import type { ListLogsResponse } from '@/lib/contract/logs';
import { pagePaths } from '@/lib/contract/paths';
import { chosenLines, type LineSelection, linesAsText, toAddress } from '@/lib/logs/line-selection';
import { useLogFeed } from '@/lib/queries/logs-query';
import classes from './job-log.module.css';
import { LogBody } from './log-body';
import { LogFacts } from './log-facts';
import { LogProblem } from './log-problem';
import { LogToolbar } from './log-toolbar';
import { LogSelectionBar } from './selection-bar';
import { type LogUrlChange, useLogUrl } from './use-log-url';

interface JobLogProps {
  region: string;
  job: JobRef;
  /** A failed job is opened at its first error. */
  failed: boolean;
  /** The end of the job's own log, where the server had it at hand. */
  end?: ListLogsResponse;
}

/** The logs of a job: its own, its agent's, or a named group's; opened at the end, at an error or at a line; live while it runs. */
export function JobLog({ region, job, failed, end }: JobLogProps) {
  const { scope, opening, wrap, setUrl } = useLogUrl(failed);
  const { feed, state, goToFirstError } = useLogFeed(region, job, scope, opening, end);
  const [selection, setSelection] = useState<LineSelection>({});
  const [note, setNote] = useState('');
  const searching = scope.q !== undefined || scope.level !== undefined;

  const onChange = useCallback(
    (change: LogUrlChange) => {
      setNote('');
      setSelection({});
      void setUrl(change);
    },
    [setUrl],
  );
  const onSelect = useCallback(
    (next: LineSelection) => {
      setSelection(next);
      // One line is a place to link to; the address of the page is that link.
      if (next.from === next.to) void setUrl({ line: next.from ? toAddress(next.from) : null });
    },
    [setUrl],
  );
  const onFirstError = async () => {
    if (searching) return onChange({ q: null, level: null, line: null, open: 'first-error' });
    const found = await goToFirstError().catch(() => false);
    setNote(found ? '' : 'No error was found in what could be searched.');
  };

  const latest = useRef({ state, selection, scope });
  latest.current = { state, selection, scope };
  const chosenText = useCallback(
    () => linesAsText(chosenLines(latest.current.state.events, latest.current.selection)),
    [],
  );
  const link = useCallback(() => {
    const { selection: chosen, scope: now } = latest.current;
    const target = { source: now.source, ...(chosen.to && { line: chosen.to }) };
    return new URL(pagePaths.logs(region, job, target), window.location.href).href;
  }, [region, job]);
  const copied = async (text: string, what: string) =>
    (await copyText(text)) ? `${what} copied` : 'The browser refused to copy';

  const { error, view, status } = state;
  const unreadable = status === 'failed' ? error : undefined;
  const selected = selection.from ? chosenLines(state.events, selection).length : 0;
  return (
    <section className={classes.log} aria-label="Job log">
      <LogToolbar
        region={region}
        job={job}
        scope={scope}
        wrap={wrap}
        streams={state.about?.streams ?? []}
        awsNow={state.about?.awsNow}
        onChange={onChange}
        onFirstError={() => void onFirstError()}
        shownText={() => linesAsText(latest.current.state.events)}
        shownCount={state.events.length}
      />
      {unreadable ? (
        <LogProblem error={unreadable} onRetry={() => void feed.retry()} />
      ) : (
        <>
          <LogFacts state={state} searching={searching} />
          {error ? (
            <StaleNote
              message={error.message}
              {...(error.hint ? { hint: error.hint } : {})}
              onRetry={() => void feed.retry()}
            />
          ) : null}
          {note || view.linked === 'nearest' ? (
            <p className={classes.note} role="status">
              {note || 'The line of this link is not in the log any more. The first one after its time is marked.'}
            </p>
          ) : null}
          <div className={classes.body}>
            <LogBody
              // A list of its own for other lines.
              key={JSON.stringify(scope)}
              label={`Log of ${job.jobName}`}
              feed={feed}
              state={state}
              scope={scope}
              wrap={wrap}
              selection={selection}
              onSelect={onSelect}
              onCopy={async () => copied(chosenText(), 'Line')}
              onCopyLink={async () => copied(link(), 'Link')}
              onClear={() => onChange({ q: null, level: null, stream: null, from: null, to: null })}
            />
            {selected > 0 ? (
              <LogSelectionBar
                count={selected}
                text={chosenText}
                link={link}
                onClear={() => onSelect({})}
                onShow={
                  searching && selection.to
                    ? () => onChange({ q: null, level: null, line: selection.to ? toAddress(selection.to) : null })
                    : undefined
                }
              />
            ) : null}
          </div>
        </>
      )}
    </section>
  );
}
