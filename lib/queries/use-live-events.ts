'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { apiPaths } from '../contract/paths';
import { branchesOf } from './branches-of';
import { createRefresher } from './create-refresher';
import { createLiveEvents, type LiveState } from './live-events';

/** A browser opens only six lines to one server: tabs that nobody looks at give theirs back after this time. */
const SLEEP_AFTER_HIDDEN_MS = 60_000;

export interface LiveEvents {
  state: LiveState;
  /** Another version of the server runs than when the page was loaded. */
  serverChanged: boolean;
  retryNow: () => void;
}

/**
 * Keeps everything on screen up to date: one line of server-sent events for the tab, whose events make branches of the
 * query tree old; what is on screen of them is asked again, with the old data in place. Use once, in the shell.
 */
export function useLiveEvents(): LiveEvents {
  const queryClient = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  const [serverChanged, setServerChanged] = useState(false);
  const connection = useRef<ReturnType<typeof createLiveEvents>>(undefined);

  useEffect(() => {
    let version: string | undefined;
    const refresher = createRefresher((branches) =>
      Promise.all(branches.map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
    );
    const live = createLiveEvents({
      open: () => new EventSource(apiPaths.events()),
      onState: setState,
      onEvent: (event) => {
        if (event.type === 'hello') {
          if (version !== undefined && version !== event.version) setServerChanged(true);
          version = event.version;
        }
        refresher.add(branchesOf(event));
      },
    });
    connection.current = live;
    live.start();

    let sleepTimer: ReturnType<typeof setTimeout> | undefined;
    const onVisibility = () => {
      clearTimeout(sleepTimer);
      if (document.hidden) sleepTimer = setTimeout(live.sleep, SLEEP_AFTER_HIDDEN_MS);
      else if (live.isAsleep()) live.retryNow();
    };
    const onOnline = () => document.hidden || live.retryNow();
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('online', onOnline);
    return () => {
      clearTimeout(sleepTimer);
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('online', onOnline);
      refresher.close();
      live.close();
    };
  }, [queryClient]);

  const retryNow = useCallback(() => connection.current?.retryNow(), []);
  return { state, serverChanged, retryNow };
}
