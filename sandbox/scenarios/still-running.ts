import { AccountBuilder } from './account-builder';
import type { Scenario } from './scenario';
import { DAY, HOUR, MINUTE } from './story';

const SMALL = { global_batch_size: 32, group_size: 8, max_steps: 100, learning_rate: 2e-5 };

/** One job in every phase a job can be in, all of them at once. */
export const stillRunning: Scenario = {
  name: 'still-running',
  description: 'Nothing but living jobs: pending, starting, downloading, training, interrupted, uploading, stopping.',
  quota: { training: 20, evaluation: 10 },
  fill(world, now) {
    const b = new AccountBuilder(world, 'us-west-2', now);
    b.group('still-running-mpg', now - 2 * DAY);
    b.group('still-running-checkpoint-mpg', now - 2 * DAY);
    const groups = ['still-running-mpg', 'still-running-checkpoint-mpg'] as const;
    const common = { project: 'still-running', groups, hyperparameters: SMALL, tags: { team: 'research' } };
    const train = (name: string, agoMs: number, more: Partial<Parameters<typeof b.train>[0]> = {}) =>
      b.train({ ...common, ...more, name, createdAt: now - agoMs });

    const first = train('finished-long-ago', 20 * HOUR, { hyperparameters: { ...SMALL, max_steps: 20 } });
    const ended = (name: string, hyperparameters: typeof SMALL) =>
      b.durationMs({ ...common, hyperparameters, name, createdAt: now }, 'AgentRFT');
    train('training-late', 4 * HOUR);
    train('interrupted-now', 101 * MINUTE, {
      outages: [{ afterStep: 35, interruptedMs: 30 * MINUTE, restartingMs: 10 * MINUTE }],
    });
    // Uploading takes at least a minute and a half; forty seconds before the end it is under way.
    train('uploading-now', ended('uploading-now', { ...SMALL, max_steps: 25 }) - 40_000, {
      hyperparameters: { ...SMALL, max_steps: 25 },
    });
    train('training-mid', 62 * MINUTE, { from: { job: first, step: 20, kind: 'iterate' } });
    const stopping = train('stopping-now', 50 * MINUTE);
    stopping.stopRequestedAt = now - 15_000;
    b.evaluate({
      name: 'evaluating-now',
      createdAt: now - 12 * MINUTE,
      project: 'still-running',
      of: { job: first, step: 20 },
      hyperparameters: { eval_group_size: '8' },
    });
    train('downloading-now', 4.6 * MINUTE);
    train('starting-now', 1.5 * MINUTE);
    train('pending-now', 1 * MINUTE, { pendingMs: 25 * MINUTE });
  },
};
