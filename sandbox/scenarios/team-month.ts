import { AccountBuilder } from './account-builder';
import type { Scenario } from './scenario';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GPT = 'openai-reasoning-gpt-oss-20b';
const QWEN = 'huggingface-vlm-qwen3-6-27b';
const GEMMA = 'huggingface-vlm-gemma-4-31b-it';
const NOVA = 'nova-textgeneration-lite-v2';

/** The demo: one team, one month, four agents, four base models. */
export const teamMonth: Scenario = {
  name: 'team-month',
  description: 'About 40 jobs of one team over a month: several lineages, one job running, one failed last night.',
  // The team asked for more: two people train side by side, and a resume must fit beside the running job.
  quota: { training: 3, evaluation: 2 },
  fill(world, now) {
    const at = (daysAgo: number, hour = 9, minute = 0) =>
      startOfDay(now) - daysAgo * DAY + hour * HOUR + minute * 60_000;
    const dated = (name: string, time: number, suffix = '') => `${name}-${monthDay(time)}${suffix}`;
    const b = new AccountBuilder(world, 'us-west-2', now);
    const support = {
      project: 'support-desk',
      groups: ['support-desk-mtrl-mpg', 'support-desk-mtrl-checkpoint-mpg'] as const,
    };
    const tags = (team: string, owner: string) => ({ team, owner, 'sagemaker-sdk:jumpstart-model-id': GPT });
    const gpt = { global_batch_size: 32, group_size: 8, max_steps: 60, val_every: 10, pass_k_values: [1, 2, 4, 8] };

    const t1 = at(29, 9, 14);
    const sd1 = b.train({
      ...support,
      name: dated('support-desk-gpt-oss-20b', t1),
      createdAt: t1,
      baseModel: GPT,
      hyperparameters: { ...gpt, learning_rate: 2e-5 },
      tags: tags('support', 'maya'),
      quirks: { packageEvidence: 'path', checkpointFields: 'string' },
    });
    const t2 = at(26, 10, 2);
    const sd2 = b.train({
      ...support,
      name: dated('support-desk-gpt-oss-20b', t2),
      createdAt: t2,
      from: { job: sd1, step: 50, kind: 'iterate' },
      hyperparameters: { ...gpt, max_steps: 100, learning_rate: 2e-5 },
      ending: {
        kind: 'failed',
        during: 'Training',
        afterStep: 63,
        reason: 'The agent signaled that the trajectory failed',
        story: 'trajectory-failed',
      },
      tags: tags('support', 'maya'),
    });
    const t3 = at(25, 8, 30);
    const sd3 = b.train({
      name: dated('support-desk-gpt-oss-20b', t3, '-resume'),
      createdAt: t3,
      from: { job: sd2, step: 63, kind: 'resume' },
      tags: tags('support', 'maya'),
    });
    const t4 = at(24, 9, 0);
    b.evaluate({
      name: dated('support-desk-eval', t4),
      createdAt: t4,
      project: 'support-desk',
      of: { job: sd3, step: 80 },
      hyperparameters: { eval_group_size: '8', pass_k_values: '[1, 2, 4, 8]' },
      tags: tags('support', 'maya'),
    });
    const night = nightBefore(now);
    const t5 = night - 3 * HOUR;
    b.train({
      ...support,
      name: dated('support-desk-gpt-oss-20b', t5),
      createdAt: t5,
      from: { job: sd3, step: 90, kind: 'iterate' },
      hyperparameters: { ...gpt, max_steps: 100, learning_rate: 1e-5 },
      ending: {
        kind: 'failed',
        during: 'Training',
        afterStep: 47,
        reason: 'The agent signaled that the trajectory failed',
        story: 'agent-timeouts',
      },
      tags: tags('support', 'tomas'),
      quirks: { packageEvidence: 'path', checkpointFields: 'string', promotes: true },
    });
    const t6 = now - 2 * HOUR - 7 * 60_000;
    b.train({
      name: dated('code-repair-qwen3-6-27b', t6),
      createdAt: t6,
      baseModel: QWEN,
      hyperparameters: { global_batch_size: 32, group_size: 8 },
      tags: { team: 'devtools', owner: 'ines' },
    });
    void GEMMA;
    void NOVA;
  },
};

const startOfDay = (t: number) => t - (t % DAY);

/** The last 03:12 UTC that is at least two hours gone. */
function nightBefore(now: number): number {
  const night = startOfDay(now) + 3 * HOUR + 12 * 60_000;
  return night <= now - 2 * HOUR ? night : night - DAY;
}

function monthDay(t: number): string {
  return new Date(t).toISOString().slice(5, 10).replace('-', '');
}
