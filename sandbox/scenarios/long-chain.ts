import type { Job } from '../world/types';
import { AccountBuilder } from './account-builder';
import type { Scenario } from './scenario';
import { DAY, HOUR } from './story';

const HOPS = 20;
const STEPS = 60;

/** A lineage of twenty hops: iterated again and again, and resumed wherever a job was stopped. */
export const longChain: Scenario = {
  name: 'long-chain',
  description: 'Twenty jobs in one line over three weeks, each from the one before, resumed where one was stopped.',
  fill(world, now) {
    const b = new AccountBuilder(world, 'us-west-2', now);
    const groups = ['chain-mpg', 'chain-checkpoint-mpg'] as const;
    const hyperparameters = { global_batch_size: 32, group_size: 8, max_steps: STEPS, val_every: 10 };
    const start = now - 21 * DAY;
    let before: { job: Job; stopped: boolean } | undefined;
    for (let hop = 0; hop < HOPS; hop += 1) {
      // Every fourth is stopped half way and the next one goes on from where it was.
      const stopped = hop % 4 === 1;
      const createdAt = start + hop * DAY;
      const job: Job = b.train({
        name: `chain-${String(hop + 1).padStart(2, '0')}${before?.stopped ? '-resume' : ''}`,
        createdAt,
        project: 'chain',
        groups,
        hyperparameters,
        ...(before && {
          from: {
            job: before.job,
            step: b.lastCheckpoint(before.job),
            kind: before.stopped ? ('resume' as const) : ('iterate' as const),
          },
        }),
        ending: stopped ? { kind: 'stopped', afterStep: 34, fraction: 0.5 } : { kind: 'completed' },
      });
      if (hop % 5 === 4) {
        b.evaluate({
          name: `chain-${String(hop + 1).padStart(2, '0')}-eval`,
          createdAt: createdAt + 8 * HOUR,
          project: 'chain',
          of: { job, step: b.lastCheckpoint(job) },
          hyperparameters: { eval_group_size: '4' },
        });
      }
      before = { job, stopped };
    }
  },
};
