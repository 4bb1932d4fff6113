import { rngFor } from '../rng';
import { AccountBuilder } from './account-builder';
import type { Scenario } from './scenario';
import { DAY, HOUR } from './story';

const JOBS = 24;
/** As many as a job may have (AWS docs). */
const STEPS = 1_000;
const LEARNING_RATES = [2e-6, 4e-6, 8e-6, 1e-5, 2e-5, 4e-5];

/** The longest jobs there are, enough of them to be compared twenty at a time. */
export const thousandSteps: Scenario = {
  name: 'thousand-steps',
  description: '24 finished jobs of 1,000 steps each, a sweep of learning rates; none running.',
  fill(world, now) {
    const b = new AccountBuilder(world, 'us-west-2', now);
    const rng = rngFor('thousand-steps', world.seed);
    // A job takes about two days.
    const first = now - (JOBS + 5) * DAY;
    for (let i = 0; i < JOBS; i++) {
      b.train({
        name: `long-sweep-${String(i + 1).padStart(2, '0')}`,
        createdAt: Math.round(first + i * DAY + rng.between(0, HOUR)),
        project: 'long-sweep',
        groups: ['long-sweep-mpg', 'long-sweep-checkpoint-mpg'],
        hyperparameters: {
          global_batch_size: 16,
          group_size: 4,
          max_steps: STEPS,
          learning_rate: LEARNING_RATES[i % LEARNING_RATES.length] ?? 1e-5,
          val_every: 20,
        },
      });
    }
  },
};
