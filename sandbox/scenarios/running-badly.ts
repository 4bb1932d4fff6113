import { AccountBuilder } from './account-builder';
import type { Scenario } from './scenario';
import { DAY, HOUR, MINUTE } from './story';

const SMALL = { global_batch_size: 32, group_size: 8, max_steps: 100, learning_rate: 2e-5 };

/** Jobs that run and are not well, each in its own way; none has failed yet. */
export const runningBadly: Scenario = {
  name: 'running-badly',
  description: 'Living jobs that are not well: one makes no step, one lost a tool for a while, one lost its policy.',
  quota: { training: 10, evaluation: 1 },
  fill(world, now) {
    const b = new AccountBuilder(world, 'us-west-2', now);
    b.group('running-badly-mpg', now - 2 * DAY);
    b.group('running-badly-checkpoint-mpg', now - 2 * DAY);
    const groups = ['running-badly-mpg', 'running-badly-checkpoint-mpg'] as const;
    const common = { groups, hyperparameters: SMALL, tags: { team: 'research' } };
    const train = (name: string, agoMs: number, more: Partial<Parameters<typeof b.train>[0]>) =>
      b.train({ ...common, project: name, ...more, name, createdAt: now - agoMs });

    train('policy-collapsed', 106 * MINUTE, { hyperparameters: { ...SMALL, learning_rate: 3e-4 } });
    train('tools-were-down', 105 * MINUTE, { quirks: { toolsDown: { fromStep: 22, toStep: 30 } } });
    train('training-well', 104 * MINUTE, {});
    train('stalled', 100 * MINUTE, {
      outages: [{ afterStep: 12, interruptedMs: 12 * HOUR, restartingMs: 0, silent: true }],
    });
  },
};
