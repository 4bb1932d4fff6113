import 'server-only';

const FIRST_MS = 5_000;
/** A busy AWS is another one in half a minute; a missing permission is not. */
const LONGEST_MS = { passing: 30_000, lasting: 5 * 60_000 };

/** When what failed may be tried again: 5 s, then twice as long each time up to 30 s or 5 min, with jitter. */
export interface Backoff {
  ready(key: string): boolean;
  /** It waits because of something that will not mend itself: nobody can say when it is done, so nothing waits for it. */
  blocked(key: string): boolean;
  failed(key: string, kind?: keyof typeof LONGEST_MS): void;
  succeeded(key: string): void;
}

/** `now` in epoch milliseconds; `random` from 0 to 1 spreads tries that failed together by up to a quarter. */
export function createBackoff(now: () => number, random: () => number = Math.random): Backoff {
  const waiting = new Map<string, { tries: number; readyAt: number; kind: keyof typeof LONGEST_MS }>();
  const ready = (key: string) => (waiting.get(key)?.readyAt ?? 0) <= now();
  return {
    ready,
    blocked: (key) => waiting.get(key)?.kind === 'lasting' && !ready(key),
    failed(key, kind = 'lasting') {
      const tries = (waiting.get(key)?.tries ?? 0) + 1;
      const delay = Math.min(LONGEST_MS[kind], FIRST_MS * 2 ** (tries - 1));
      waiting.set(key, { tries, kind, readyAt: now() + delay * (1 + random() / 4) });
    },
    succeeded: (key) => void waiting.delete(key),
  };
}
