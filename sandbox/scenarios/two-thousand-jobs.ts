import { rngFor } from '../rng';
import type { Job } from '../world/types';
import { AccountBuilder } from './account-builder';
import type { Scenario } from './scenario';
import { DAY, HOUR } from './story';

const JOBS = 2_000;
const DAYS = 350;
const STEPS = 10;
const PROJECTS = ['support-desk', 'code-repair', 'travel-booking', 'invoice-triage'];
/** How far back a job looks for the one it goes on from. */
const REACH = 50;

/** A forest: every tenth job begins anew, the others resume, iterate from or evaluate one of the fifty before them. */
export const twoThousandJobs: Scenario = {
  name: 'two-thousand-jobs',
  description: '2,000 short jobs that go on from each other in 200 lineages over a year; none running.',
  fill(world, now) {
    const b = new AccountBuilder(world, 'us-west-2', now);
    const rng = rngFor('two-thousand-jobs', world.seed);
    const start = now - DAYS * DAY;
    const spacing = (DAYS * DAY - DAY) / JOBS;
    const trained: Job[] = [];
    // A resumed job made the later half of the checkpoints only.
    const resumed = new Set<Job>();
    for (let i = 0; i < JOBS; i++) {
      const createdAt = Math.round(start + i * spacing + rng.between(0, HOUR / 4));
      const parent = trained[trained.length - 1 - rng.whole(1, REACH)];
      const project = PROJECTS[Math.floor(i / 10) % PROJECTS.length] ?? 'support-desk';
      const name = `${project}-${String(i).padStart(4, '0')}`;
      const draw = rng.next();
      if (i % 10 === 0 || !parent) {
        const groups = [`${project}-mpg`, `${project}-checkpoint-mpg`] as const;
        trained.push(b.train({ name, createdAt, project, groups, hyperparameters: HYPERPARAMETERS }));
      } else if (draw < 0.15) {
        b.evaluate({ name: `${name}-eval`, createdAt, project, of: { job: parent, step: STEPS } });
      } else if (draw < 0.4 && !resumed.has(parent)) {
        const job = b.train({ name, createdAt, from: { job: parent, step: STEPS / 2, kind: 'resume' } });
        resumed.add(job);
        trained.push(job);
      } else {
        const step = resumed.has(parent) ? STEPS : rng.pick([STEPS / 2, STEPS]);
        const from = { job: parent, step, kind: 'iterate' as const };
        trained.push(b.train({ name, createdAt, project, hyperparameters: HYPERPARAMETERS, from }));
      }
    }
  },
};

const HYPERPARAMETERS = { global_batch_size: 32, group_size: 4, max_steps: STEPS, learning_rate: 1e-5, val_every: 5 };
