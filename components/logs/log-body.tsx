'use client';

import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import type { LogScopeQuery } from '@/lib/contract/logs';
import type { LineSelection } from '@/lib/logs/line-selection';
import type { LogFeed, LogFeedState } from '@/lib/queries/log-feed';
import classes from './job-log.module.css';
import { LogLines } from './log-lines';
import { LogSkeleton } from './log-skeleton';
import { LogStateMessage, NothingFound, NothingInRange } from './log-state-message';

interface LogBodyProps {
  label: string;
  feed: LogFeed;
  state: LogFeedState;
  scope: LogScopeQuery;
  wrap: boolean;
  selection: LineSelection;
  onSelect: (selection: LineSelection) => void;
  onCopy: () => Promise<string>;
  onCopyLink: () => Promise<string>;
  onClear: () => void;
}

/** The lines, or why there are none. */
export function LogBody(props: LogBodyProps) {
  const { label, feed, state, scope, wrap, selection, onSelect, onCopy, onCopyLink, onClear } = props;
  const { status, events, about, hasOlder, hasLater, loadingOlder, loadingLater, jumping } = state;
  const loadOlder = useCallback(() => void feed.loadOlder(), [feed]);
  const loadLater = useCallback(() => void feed.loadLater(), [feed]);
  const jump = useCallback((timestampMs: number) => void feed.start({ line: { timestampMs } }), [feed]);
  const toStart = useCallback(() => void feed.start('start'), [feed]);
  const toEnd = useCallback(() => void feed.start('end'), [feed]);
  const { from, to } = about?.span ?? {};
  const span = useMemo(() => (from && to ? { fromMs: Date.parse(from), toMs: Date.parse(to) } : undefined), [from, to]);
  const searching = scope.q !== undefined || scope.level !== undefined;
  const older = hasOlder ? (
    <Button variant="default" loading={loadingOlder} onClick={loadOlder}>
      Search older lines
    </Button>
  ) : null;

  if (status === 'loading' || !about) return <LogSkeleton />;
  if (events.length === 0 && searching) {
    return (
      <NothingFound
        words={scope.q}
        level={scope.level}
        complete={!hasOlder}
        actions={
          <>
            {older}
            <Button variant="default" onClick={onClear}>
              Clear the search
            </Button>
          </>
        }
      />
    );
  }
  if (events.length === 0 && (scope.stream || scope.from || scope.to)) return <NothingInRange onClear={onClear} />;
  if (events.length === 0) {
    const why = about.state === 'ok' ? 'empty' : about.state;
    return <LogStateMessage state={why} logGroup={about.logGroup} source={scope.source} />;
  }
  return (
    <>
      {searching && older ? <div className={classes.older}>{older}</div> : null}
      <LogLines
        label={label}
        events={events}
        view={state.view}
        wrap={wrap}
        words={scope.q ?? ''}
        span={span}
        hasOlder={hasOlder}
        hasLater={hasLater}
        busy={loadingOlder || loadingLater || jumping}
        jumping={jumping}
        finds={searching}
        onNearStart={loadOlder}
        onNearEnd={loadLater}
        onJump={jump}
        onStart={toStart}
        onEnd={toEnd}
        selection={selection}
        onSelect={onSelect}
        onCopy={onCopy}
        onCopyLink={onCopyLink}
      />
    </>
  );
}
