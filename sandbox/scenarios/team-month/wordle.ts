import { type Chapter, dated, daysBefore, HOUR } from '../story';
import { EVAL_8, GPT, SMALL_BATCH, teamTags } from './models';

const NAME = 'wordle-gpt-oss-20b';
const DAY_AGENT = { project: 'wordle', baseModel: GPT, agent: 'lambda', mlflowPlacement: 'training' } as const;

/** The word game, kept in the groups the Python SDK makes for everybody: shared with travel-booking's second job. */
export function wordle(now: number): Chapter[] {
  const at = daysBefore(now);
  const tags = teamTags('research', 'ines', GPT);
  const evaluation = (id: string, when: number, of: string, step: number): Chapter => ({
    id,
    at: when,
    make: (b, createdAt, job) =>
      b.evaluate({
        name: dated('wordle-eval', createdAt),
        createdAt,
        project: 'wordle',
        agent: 'lambda',
        of: { job: job(of), step },
        hyperparameters: EVAL_8,
        tags,
      }),
  });
  return [
    {
      id: 'w-base-eval',
      at: at(27, 9, 40),
      make: (b, createdAt) =>
        b.evaluate({
          name: dated('wordle-base-eval', createdAt),
          createdAt,
          project: 'wordle',
          agent: 'lambda',
          baseModel: GPT,
          hyperparameters: EVAL_8,
          tags,
        }),
    },
    {
      id: 'w-first',
      at: at(27, 13, 0),
      make: (b, createdAt) =>
        b.train({
          ...DAY_AGENT,
          name: dated(NAME, createdAt),
          createdAt,
          hyperparameters: { ...SMALL_BATCH, max_steps: 60 },
          tags,
          quirks: { packageEvidence: 'metadata', checkpointFields: 'object' },
        }),
    },
    {
      id: 'w-stopped',
      at: at(23, 11, 0),
      make: (b, createdAt) =>
        b.train({
          ...DAY_AGENT,
          name: dated(NAME, createdAt, '-group16'),
          createdAt,
          hyperparameters: { ...SMALL_BATCH, group_size: 16, max_steps: 100, learning_rate: 2e-6 },
          ending: { kind: 'stopped', afterStep: 22, fraction: 0.4 },
          tags,
          quirks: { packageEvidence: 'path', checkpointFields: 'string', promotes: true },
        }),
    },
    {
      id: 'w-second',
      at: at(22, 9, 30),
      make: (b, createdAt, job) =>
        b.train({
          ...DAY_AGENT,
          name: dated(NAME, createdAt),
          createdAt,
          from: { job: job('w-first'), step: 60, kind: 'iterate' },
          hyperparameters: { ...SMALL_BATCH, max_steps: 100, learning_rate: 2e-5 },
          tags,
          quirks: { packageEvidence: 'tags', checkpointFields: 'string' },
        }),
    },
    evaluation('w-second-eval', at(21, 9, 15), 'w-second', 100),
    {
      id: 'w-third',
      at: at(12, 12, 20),
      make: (b, createdAt, job) =>
        b.train({
          ...DAY_AGENT,
          name: dated(NAME, createdAt),
          createdAt,
          from: { job: job('w-second'), step: 70, kind: 'iterate' },
          hyperparameters: { ...SMALL_BATCH, max_steps: 80, learning_rate: 2e-5, temperature: 1.1 },
          outages: [{ afterStep: 35, interruptedMs: 0.2 * HOUR, restartingMs: 0.1 * HOUR }],
          tags,
          quirks: { packageEvidence: 'path', twoLogStreams: true },
        }),
    },
    evaluation('w-third-eval', at(11, 9, 30), 'w-third', 80),
  ];
}
