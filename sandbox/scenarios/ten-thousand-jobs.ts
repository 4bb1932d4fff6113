import { rngFor } from '../rng';
import type { Ending } from '../world/types';
import { AccountBuilder } from './account-builder';
import type { Scenario } from './scenario';
import { DAY, HOUR } from './story';

const JOBS = 10_000;
const DAYS = 120;
const PROJECTS = ['support-desk', 'wordle', 'code-repair', 'travel-booking', 'invoice-triage', 'data-cleanup'];
const MODELS = ['openai-reasoning-gpt-oss-20b', 'huggingface-vlm-qwen3-6-27b', 'huggingface-vlm-gemma-4-31b-it'];

/** Many short jobs: what a scripted sweep leaves behind. */
export const tenThousandJobs: Scenario = {
  name: 'ten-thousand-jobs',
  description: '10,000 short jobs of both categories over four months, in shared groups; none running.',
  quota: { training: 50, evaluation: 50 },
  fill(world, now) {
    const b = new AccountBuilder(world, 'us-west-2', now);
    const rng = rngFor('ten-thousand-jobs', world.seed);
    const start = now - DAYS * DAY;
    // The last ones end before now: the longest takes about 40 minutes.
    const spacing = (DAYS * DAY - 2 * HOUR) / JOBS;
    for (let i = 0; i < JOBS; i++) {
      const createdAt = Math.round(start + i * spacing);
      const project = rng.pick(PROJECTS);
      const name = `${project}-sweep-${String(i).padStart(5, '0')}`;
      const baseModel = rng.pick(MODELS);
      const common = { name, createdAt, project, baseModel, tags: { sweep: String(i % 40) } };
      if (rng.chance(0.2)) {
        b.evaluate({ ...common, hyperparameters: { eval_group_size: '1' } });
        continue;
      }
      b.train({
        ...common,
        hyperparameters: {
          global_batch_size: 32,
          max_steps: rng.whole(1, 6),
          learning_rate: rng.pick([5e-6, 1e-5, 2e-5, 4e-5, 1e-4]),
          lora_rank: rng.pick([16, 32, 64]),
        },
        ending: endingOf(rng.next()),
      });
    }
  },
};

function endingOf(draw: number): Ending {
  if (draw < 0.06) {
    const reason = 'The agent signaled that the trajectory failed';
    return { kind: 'failed', during: 'Training', afterStep: 1, reason, story: 'trajectory-failed' };
  }
  return draw < 0.1 ? { kind: 'stopped', afterStep: 1, fraction: 0.5 } : { kind: 'completed' };
}
