import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountBuilder } from '../scenarios/account-builder';
import { stateAt, stepsDone, transitionsAt } from './job-state';
import { lifeOf } from './life';
import { logLines } from './log-lines';
import { rolloutInfoAt, serviceOutputAt } from './service-output';
import { tokensAt } from './tokens';
import type { Ending, Job } from './types';
import { World } from './world';

const START = Date.UTC(2026, 10, 1, 9);
const MINUTE = 60_000;

const endings: fc.Arbitrary<Ending> = fc.oneof(
  fc.constant<Ending>({ kind: 'completed' }),
  fc.record({
    kind: fc.constant('failed' as const),
    during: fc.constantFrom('Starting' as const, 'Downloading' as const, 'Training' as const),
    afterStep: fc.integer({ min: 0, max: 30 }),
    reason: fc.string(),
    story: fc.constantFrom('agent-timeouts' as const, 'no-sampling' as const, 'other' as const),
  }),
  fc.record({
    kind: fc.constant('stopped' as const),
    afterStep: fc.integer({ min: 0, max: 30 }),
    fraction: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({ kind: fc.constant('max-runtime' as const), limitMs: fc.integer({ min: MINUTE, max: 200 * MINUTE }) }),
);

const jobs = fc
  .record({
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    steps: fc.integer({ min: 1, max: 24 }),
    valEvery: fc.integer({ min: 0, max: 12 }),
    ending: endings,
    pendingMs: fc.constantFrom(0, 5 * MINUTE),
    outageAfter: fc.option(fc.integer({ min: 1, max: 20 })),
    stopAfterMs: fc.option(fc.integer({ min: 0, max: 120 * MINUTE })),
    restricted: fc.boolean(),
  })
  .map((wish) => {
    const builder = new AccountBuilder(new World(wish.seed), 'us-west-2', START);
    const outage = wish.outageAfter !== null && wish.outageAfter < wish.steps ? wish.outageAfter : undefined;
    const job = builder.train({
      name: 'any-job',
      createdAt: START,
      baseModel: wish.restricted ? 'nova-textgeneration-lite-v2' : 'openai-reasoning-gpt-oss-20b',
      hyperparameters: { global_batch_size: 32, group_size: 2, max_steps: wish.steps, val_every: wish.valEvery },
      ending: wish.ending,
      pendingMs: wish.pendingMs,
      ...(outage !== undefined && {
        outages: [{ afterStep: outage, interruptedMs: 3 * MINUTE, restartingMs: 2 * MINUTE }],
      }),
    });
    if (wish.stopAfterMs !== null) job.stopRequestedAt = START + wish.stopAfterMs;
    return { job, region: builder.region };
  });

/** Moments over the whole life, and a while after. */
const momentsOf = (job: Job) => {
  const span = lifeOf(job).endTime - START + 10 * MINUTE;
  return Array.from({ length: 60 }, (_, i) => START + Math.round((span * i) / 59));
};

describe('whatever happens to a job', () => {
  it('its transitions follow each other without gap or overlap', () => {
    fc.assert(
      fc.property(jobs, ({ job }) => {
        const { phases, endTime } = lifeOf(job);
        for (let i = 1; i < phases.length; i++) expect(phases[i]?.start).toBe(phases[i - 1]?.end);
        expect(phases.at(-1)?.start).toBe(endTime);
        expect(transitionsAt(job, endTime)).toHaveLength(phases.length);
      }),
    );
  });

  it('its counters only grow, and nothing it says lies in the future', () => {
    fc.assert(
      fc.property(jobs, ({ job, region }) => {
        let before = { steps: Number.NEGATIVE_INFINITY, sample: 0, train: 0 };
        for (const t of momentsOf(job)) {
          const tokens = tokensAt(job, t);
          const now = { steps: stepsDone(job, t), sample: tokens.sample, train: tokens.train };
          expect(now.steps).toBeGreaterThanOrEqual(before.steps);
          expect(now.sample).toBeGreaterThanOrEqual(before.sample);
          expect(now.train).toBeGreaterThanOrEqual(before.train);
          expect(stateAt(job, t).lastModified).toBeLessThanOrEqual(t);
          const rollouts = rolloutInfoAt(job, t);
          expect(rollouts.Completed).toBeGreaterThanOrEqual(0);
          expect(rollouts.Completed).toBeLessThanOrEqual(rollouts.Total);
          expect(() => JSON.stringify(serviceOutputAt(region, job, t))).not.toThrow();
          before = now;
        }
      }),
      { numRuns: 40 },
    );
  });

  it('its packages appear while it lives, and never change place', () => {
    fc.assert(
      fc.property(jobs, ({ job, region }) => {
        const { endTime } = lifeOf(job);
        for (const group of region.groups.values()) {
          const count = group.versionCount(endTime);
          expect(group.versionCount(endTime + 1_000 * MINUTE)).toBe(count);
          for (let version = 1; version <= count; version++) {
            const row = group.row(version, endTime);
            expect(row?.createdAt).toBeGreaterThan(START);
            expect(row?.createdAt).toBeLessThanOrEqual(endTime);
            expect(row?.step).toBeLessThanOrEqual(stepsDone(job, endTime));
          }
        }
      }),
    );
  });

  it('its log ends with it and is the same in parts', () => {
    fc.assert(
      fc.property(jobs, fc.integer({ min: 1, max: 59 }), ({ job }, cut) => {
        const { endTime } = lifeOf(job);
        const at = momentsOf(job)[cut] ?? endTime;
        const whole = logLines(job, 0, Number.POSITIVE_INFINITY);
        expect(logLines(job, 0, at).concat(logLines(job, at, Number.POSITIVE_INFINITY))).toEqual(whole);
        for (const line of whole) expect(line.timestamp).toBeLessThanOrEqual(endTime);
      }),
      { numRuns: 25 },
    );
  });
});
