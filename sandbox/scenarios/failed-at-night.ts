import { AccountBuilder } from './account-builder';
import type { Scenario } from './scenario';
import { DAY, HOUR, MINUTE, startOfDay } from './story';

/** One job that failed in the small hours with checkpoints to go on from; nothing runs, so a resume fits the quota. */
export const failedAtNight: Scenario = {
  name: 'failed-at-night',
  description: 'A finished job, its evaluation, and its successor that failed at three in the morning.',
  fill(world, now) {
    const b = new AccountBuilder(world, 'us-west-2', now);
    const groups = ['night-shift-mpg', 'night-shift-checkpoint-mpg'] as const;
    const hyperparameters = { global_batch_size: 32, group_size: 8, max_steps: 100, learning_rate: 2e-5 };
    const common = { project: 'night-shift', groups, hyperparameters, tags: { team: 'support', owner: 'maya' } };
    const first = b.train({ ...common, name: 'night-shift-first', createdAt: now - 3 * DAY });
    b.evaluate({
      name: 'night-shift-first-eval',
      createdAt: now - 3 * DAY + 6 * HOUR,
      project: 'night-shift',
      of: { job: first, step: 100 },
      hyperparameters: { eval_group_size: '4', temperature: '0.7', pass_k_values: '[1, 2, 4]' },
    });
    const threeAm = startOfDay(now) + 3 * HOUR + 4 * MINUTE;
    const night = threeAm <= now - HOUR ? threeAm : threeAm - DAY;
    const wish = {
      ...common,
      name: 'night-shift-second',
      createdAt: night,
      from: { job: first, step: 90, kind: 'iterate' as const },
      ending: {
        kind: 'failed' as const,
        during: 'Training' as const,
        afterStep: 58,
        reason: 'The agent signaled that the trajectory failed',
        story: 'agent-timeouts' as const,
      },
      quirks: { packageEvidence: 'path' as const, checkpointFields: 'string' as const, promotes: true },
    };
    b.train({ ...wish, createdAt: night - b.durationMs(wish, 'AgentRFT') });
  },
};
