import { rngFor } from '../rng';
import type { Ending } from '../world/types';
import { AccountBuilder } from './account-builder';
import type { Scenario } from './scenario';
import { DAY, HOUR, MINUTE } from './story';

const CHILDREN = 24;
/** Most start from the best of the first job, some from its end. */
const BRANCHES = [60, 60, 60, 60, 80, 100];

/** One good job that everybody goes on from: what a sweep over a checkpoint leaves behind. */
export const fanOut: Scenario = {
  name: 'fan-out',
  description: 'One job and the two dozen that went on from its checkpoints, some evaluated, one of them running.',
  quota: { training: 30, evaluation: 10 },
  fill(world, now) {
    const b = new AccountBuilder(world, 'us-west-2', now);
    const rng = rngFor('fan-out', world.seed);
    const groups = ['sweep-mpg', 'sweep-checkpoint-mpg'] as const;
    const common = { project: 'sweep', groups };
    const steps = (max_steps: number) => ({ global_batch_size: 32, group_size: 8, max_steps, val_every: 10 });
    const start = now - 6 * DAY;
    const first = b.train({ ...common, name: 'sweep-base', createdAt: start, hyperparameters: steps(100) });
    b.evaluate({
      name: 'sweep-base-eval',
      createdAt: start + 8 * HOUR,
      project: 'sweep',
      of: { job: first, step: 60 },
      hyperparameters: { eval_group_size: '4' },
    });
    for (let i = 0; i < CHILDREN; i += 1) {
      const step = rng.pick(BRANCHES);
      const learningRate = rng.pick([5e-6, 1e-5, 2e-5, 4e-5]);
      const createdAt = start + 9 * HOUR + Math.round(i * 4.5 * HOUR + rng.between(0, HOUR));
      const child = b.train({
        ...common,
        name: `sweep-${String(i + 1).padStart(2, '0')}-lr${learningRate.toExponential(0).replace('-', '')}`,
        createdAt,
        from: { job: first, step, kind: 'iterate' },
        hyperparameters: { ...steps(rng.pick([40, 60, 80])), learning_rate: learningRate },
        ending: endingOf(rng.next()),
      });
      if (i % 5 !== 2 || child.plan.ending.kind !== 'completed') continue;
      b.evaluate({
        name: `sweep-${String(i + 1).padStart(2, '0')}-eval`,
        createdAt: createdAt + 6 * HOUR,
        project: 'sweep',
        of: { job: child, step: b.lastCheckpoint(child) },
        hyperparameters: { eval_group_size: '4' },
      });
    }
    b.train({
      ...common,
      name: 'sweep-now',
      createdAt: now - 70 * MINUTE,
      from: { job: first, step: 60, kind: 'iterate' },
      hyperparameters: steps(100),
    });
  },
};

function endingOf(draw: number): Ending {
  if (draw < 0.12) {
    const reason = 'The agent signaled that the trajectory failed';
    return { kind: 'failed', during: 'Training', afterStep: 17, reason, story: 'trajectory-failed' };
  }
  return draw < 0.2 ? { kind: 'stopped', afterStep: 21, fraction: 0.5 } : { kind: 'completed' };
}
