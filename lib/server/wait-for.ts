import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';

/** What comes of work within a time, or undefined when it takes longer: it goes on then. Throws what the work throws in time. */
export async function waitFor<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  const stop = new AbortController();
  const late = sleep(ms, undefined, { signal: stop.signal }).catch(() => undefined);
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => stop.abort());
}
