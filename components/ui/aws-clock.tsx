'use client';

import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react';
import { type AwsClock, createAwsClock } from '@/lib/shared/aws-clock';

interface ClockContext {
  clock: AwsClock;
  /** The time both server and first render of the browser use, so that they write the same words. */
  initialMs: number;
}

const Context = createContext<ClockContext | undefined>(undefined);

/** Gives everything below the time at AWS. `initialAwsNow` comes from the server's answer that the page was made of. */
export function AwsClockProvider({ initialAwsNow, children }: { initialAwsNow: string; children: ReactNode }) {
  const [value] = useState<ClockContext>(() => {
    const initialMs = Date.parse(initialAwsNow);
    return { clock: createAwsClock(initialMs, Date.now()), initialMs };
  });
  return <Context value={value}>{children}</Context>;
}

/** The clock itself, to set it from an answer. Undefined outside the provider. */
export function useAwsClock(): AwsClock | undefined {
  return useContext(Context)?.clock;
}

const TICK_MS = 1000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for all texts of the page; it stops when nobody listens. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * A text that depends on the time at AWS (milliseconds), kept up to date every second. The component renders again only
 * when the text changes, not at every tick. Outside a provider the local clock is used.
 */
export function useTickingText(write: (awsNowMs: number) => string): string {
  const context = useContext(Context);
  return useSyncExternalStore(
    subscribe,
    () => write(context?.clock.at(Date.now()) ?? Date.now()),
    () => write(context?.initialMs ?? 0),
  );
}

/**
 * A text that depends on how long something lies back on this machine's clock, such as the age of an answer. `sinceMs` is
 * what the first render takes for now, on server and browser alike.
 */
export function useTickingAge(write: (elapsedMs: number) => string, sinceMs: number): string {
  return useSyncExternalStore(
    subscribe,
    () => write(Math.max(0, Date.now() - sinceMs)),
    () => write(0),
  );
}
