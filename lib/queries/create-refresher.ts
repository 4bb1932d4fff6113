/** One refresh gathers what changes within this time: a sync writes many rows at once. */
const GATHER_MS = 300;
/** A steady stream of changes (the first fill of a large account) refreshes the page once a second, not more often. */
const PAUSE_MS = 1000;

/**
 * Gathers branches of the query tree and refreshes them together. The next refresh waits for the one before, so that a
 * slow server is not asked twice at once, and a change that arrives meanwhile is not lost.
 */
export function createRefresher(refresh: (branches: (readonly unknown[])[]) => Promise<unknown>) {
  const waiting = new Map<string, readonly unknown[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let closed = false;

  async function flush() {
    timer = undefined;
    busy = true;
    const branches = [...waiting.values()];
    waiting.clear();
    // A failed refresh shows itself on the page it failed on.
    await refresh(branches).catch(() => undefined);
    busy = false;
    if (waiting.size > 0) schedule(PAUSE_MS);
  }

  function schedule(delayMs: number) {
    if (timer || busy || closed) return;
    timer = setTimeout(flush, delayMs);
  }

  return {
    add(branches: (readonly unknown[])[]) {
      for (const branch of branches) waiting.set(JSON.stringify(branch), branch);
      if (waiting.size > 0) schedule(GATHER_MS);
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
