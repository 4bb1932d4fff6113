import 'server-only';

/** 2 s: the Date header has whole seconds and the answer travels; anything smaller is noise. */
const MIN_OFFSET_MS = 2000;

/** Counts AWS calls and keeps the clock of AWS: what health, benchmarks and tests read. */
export interface CallMeter {
  /** HTTP attempts per operation since the start, retries included: `{ListJobs: 12}`. */
  counts(): Record<string, number>;
  /** Attempts of all operations. */
  total(): number;
  count(operation: string): void;
  /** Takes the Date header of an answer. */
  sawDate(region: string, header: string | undefined): void;
  /** The time at AWS now, by the last answer of that region; the wall clock until there was one. */
  awsNow(region: string): Date;
}

/** A meter; `now` is the wall clock in epoch milliseconds. */
export function createCallMeter(now: () => number = Date.now): CallMeter {
  const counts = new Map<string, number>();
  const offsets = new Map<string, number>();
  let total = 0;
  return {
    counts: () => Object.fromEntries(counts),
    total: () => total,
    count(operation) {
      total += 1;
      counts.set(operation, (counts.get(operation) ?? 0) + 1);
    },
    sawDate(region, header) {
      const at = header ? Date.parse(header) : Number.NaN;
      if (Number.isNaN(at)) return;
      const offset = at - now();
      offsets.set(region, Math.abs(offset) < MIN_OFFSET_MS ? 0 : offset);
    },
    awsNow: (region) => new Date(now() + (offsets.get(region) ?? 0)),
  };
}
