import { type Chapter, dated, daysBefore, HOUR, MINUTE } from '../story';
import { EVAL_8, QWEN, SMALL_BATCH, teamTags } from './models';

const NAME = 'code-repair-qwen3-6-27b';

/** Code repair: a job that ran into its time limit, what was made of it, and the one job that runs now. */
export function codeRepair(now: number): Chapter[] {
  const at = daysBefore(now);
  const common = { project: 'code-repair', baseModel: QWEN };
  const tags = teamTags('devtools', 'jonas', QWEN);
  return [
    {
      id: 'cr-base-eval',
      at: at(19, 8, 20),
      make: (b, createdAt) =>
        b.evaluate({
          ...common,
          name: dated('code-repair-base-eval', createdAt),
          createdAt,
          hyperparameters: EVAL_8,
          tags,
        }),
    },
    {
      id: 'cr-out-of-time',
      at: at(19, 10, 30),
      make: (b, createdAt) =>
        b.train({
          ...common,
          name: dated(NAME, createdAt),
          createdAt,
          hyperparameters: { ...SMALL_BATCH, max_epochs: 2, max_steps: 100, learning_rate: 2e-5 },
          maxRuntimeSeconds: 3 * 3600,
          tags,
          quirks: { promotes: true, packageEvidence: 'path', progressForm: 'epoch' },
        }),
    },
    {
      id: 'cr-second',
      at: at(16, 9, 10),
      make: (b, createdAt, job) => {
        const parent = job('cr-out-of-time');
        return b.train({
          ...common,
          name: dated(NAME, createdAt),
          createdAt,
          from: { job: parent, step: b.lastCheckpoint(parent), kind: 'promoted' },
          hyperparameters: { ...SMALL_BATCH, max_epochs: 2, max_steps: 100, learning_rate: 2e-5 },
          pendingMs: 22 * MINUTE,
          tags,
          quirks: { progressForm: 'epoch', packageEvidence: 'path' },
        });
      },
    },
    {
      id: 'cr-second-eval',
      at: at(15, 9, 45),
      make: (b, createdAt, job) =>
        b.evaluate({
          name: dated('code-repair-eval', createdAt),
          createdAt,
          project: 'code-repair',
          of: { job: job('cr-second'), step: 100 },
          hyperparameters: EVAL_8,
          tags,
        }),
    },
    {
      id: 'cr-cold',
      at: at(8, 11, 30),
      make: (b, createdAt, job) =>
        b.train({
          ...common,
          name: dated(NAME, createdAt, '-temp03'),
          createdAt,
          from: { job: job('cr-second'), step: 90, kind: 'iterate' },
          hyperparameters: { ...SMALL_BATCH, max_steps: 60, temperature: 0.3, learning_rate: 2e-5 },
          tags,
        }),
    },
    {
      id: 'cr-running',
      at: now - 2 * HOUR - 7 * MINUTE,
      make: (b, createdAt) =>
        b.train({
          ...common,
          name: dated(NAME, createdAt, '-rank64'),
          createdAt,
          hyperparameters: { ...SMALL_BATCH, max_steps: 100, lora_rank: 64, lora_alpha: 128, learning_rate: 3e-5 },
          tags,
          quirks: { packageEvidence: 'path', checkpointFields: 'string', progressForm: 'step' },
        }),
    },
  ];
}
