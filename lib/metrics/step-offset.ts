import type { LineageKind } from '../contract/jobs';

/** What is known of how a job came from the one before it. */
export interface OffsetHop {
  from?: { kind: LineageKind; step?: number };
}

/**
 * What to add to a job's own steps to have the steps of its whole branch, root first and the job last. A resume goes on
 * counting at its checkpoint's step + 1 (AWS docs), an iterate begins again at 1. Where a step is unknown, counting
 * begins anew.
 */
export function stepOffset(hops: readonly OffsetHop[]): number {
  return hops.reduce((offset, { from }, i) => {
    if (i === 0 || from?.step === undefined) return 0;
    return from.kind === 'iterate' ? offset + from.step : offset;
  }, 0);
}
