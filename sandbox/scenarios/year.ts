import { rngFor } from '../rng';
import type { Job } from '../world/types';
import { AccountBuilder } from './account-builder';
import type { Scenario } from './scenario';
import { DAY, HOUR } from './story';

const LINES = 4;
const JOBS_PER_LINE = 50;
const STEPS = 500;
/** A job of 500 steps takes about 22 hours; a line starts one a week. */
const WEEK = 7 * DAY;

/** A year of long jobs: 200 jobs x 500 steps x 2 checkpoints = 200,000 packages in two pairs of shared groups. */
export const year: Scenario = {
  name: 'year',
  description: '200 finished jobs of 500 steps over a year: 200,000 packages in four shared groups.',
  fill(world, now) {
    const b = new AccountBuilder(world, 'us-west-2', now);
    const rng = rngFor('year', world.seed);
    const newest: Array<Job | undefined> = Array.from({ length: LINES });
    const first = now - JOBS_PER_LINE * WEEK - 2 * DAY;
    for (let i = 0; i < JOBS_PER_LINE; i++) {
      for (let line = 0; line < LINES; line++) {
        const parent = newest[line];
        // Lines start a few hours apart, so that pairs of them write into one group at the same time.
        const createdAt = Math.round(first + i * WEEK + line * 5 * HOUR + rng.between(0, HOUR));
        const pair = line % 2 === 0 ? 'alpha' : 'beta';
        newest[line] = b.train({
          name: `year-line-${line + 1}-run-${String(i + 1).padStart(2, '0')}`,
          createdAt,
          project: `year-line-${line + 1}`,
          groups: [`year-${pair}-mpg`, `year-${pair}-checkpoint-mpg`],
          hyperparameters: {
            global_batch_size: 32,
            group_size: 4,
            max_steps: STEPS,
            learning_rate: 4e-6,
            val_every: 50,
          },
          ...(parent && { from: { job: parent, step: STEPS - 50 * rng.whole(0, 4), kind: 'iterate' as const } }),
          tags: { line: String(line + 1) },
        });
      }
    }
  },
};
