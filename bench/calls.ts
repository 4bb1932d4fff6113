type Counts = Record<string, number>;

export interface CallWindow {
  byOperation: Counts;
  seconds: number;
}

/** What happened between two readings of the sandbox's call counts. */
export function callsBetween(before: Counts, after: Counts): Counts {
  const entries = Object.entries(after).map(([name, n]) => [name, n - (before[name] ?? 0)] as const);
  return Object.fromEntries(entries.filter(([, n]) => n > 0));
}

export const sum = (counts: Counts) => Object.values(counts).reduce((total, n) => total + n, 0);

/** Only SageMaker's operations; the sandbox counts `service.Operation`. */
export function sagemakerOnly(counts: Counts): Counts {
  return Object.fromEntries(Object.entries(counts).filter(([name]) => !/^(logs|sts|mlflow)\b/i.test(name)));
}

/**
 * How many calls of a busy window the idle poller does not account for: per operation, what goes beyond the idle rate,
 * rounded up. The poller cannot be switched off, and its own calls are no cost of what was done meanwhile.
 */
export function callsBeyondIdle(busy: CallWindow, idle: CallWindow): number {
  return Object.entries(busy.byOperation).reduce((total, [name, n]) => {
    const idlePerSecond = (idle.byOperation[name] ?? 0) / idle.seconds;
    return total + Math.max(0, n - Math.ceil(idlePerSecond * busy.seconds));
  }, 0);
}
