import 'server-only';

/** Slows background calls down for the whole server, whatever the number of regions and clients. */
export interface CallLimit {
  /** Waits for the turn of one call. */
  take(): Promise<void>;
  /** What the call met: throttled halves the rate, success lets it creep back up. */
  report(outcome: 'ok' | 'throttled'): void;
  /** How many times slower than usual: 1, or more after throttles. */
  slowness(): number;
}

const FLOOR_PER_SECOND = 0.25;
/** A twentieth of the limit per success: back at full speed after about twenty good answers. */
const STEP = 1 / 20;
/** Throttles of calls that were already under way say the same thing once, not five times. */
const HALVE_EVERY_MS = 1000;

/**
 * Additive increase, multiplicative decrease. `perSecond` is the ceiling. Calls are spaced, not batched, because AWS
 * publishes no rates for these operations and bursts are what gets throttled first (assumption).
 */
export function createCallLimit(perSecond: number, now: () => number = Date.now): CallLimit {
  const floor = Math.min(FLOOR_PER_SECOND, perSecond);
  let rate = perSecond;
  let nextAt = 0;
  let halvedAt = Number.NEGATIVE_INFINITY;
  return {
    async take() {
      const at = Math.max(now(), nextAt);
      nextAt = at + 1000 / rate;
      const wait = at - now();
      // Timers are coarse: below 2 ms the call goes at once and the next one pays.
      if (wait >= 2) await new Promise((resolve) => setTimeout(resolve, wait));
    },
    report(outcome) {
      if (outcome === 'ok') {
        rate = Math.min(perSecond, rate + perSecond * STEP);
      } else if (now() - halvedAt >= HALVE_EVERY_MS) {
        halvedAt = now();
        rate = Math.max(floor, rate / 2);
      }
    },
    slowness: () => Math.min(8, perSecond / rate),
  };
}
