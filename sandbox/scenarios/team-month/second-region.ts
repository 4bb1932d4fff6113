import { type Chapter, dated, daysBefore } from '../story';
import { EVAL_8, GPT, SMALL_BATCH, teamTags } from './models';

/** A few jobs in another region: a trial that was not carried on. */
export function secondRegion(now: number): Chapter[] {
  const at = daysBefore(now);
  const tags = teamTags('research', 'ines', GPT);
  return [
    {
      id: 'east-first',
      at: at(15, 14, 10),
      make: (b, createdAt) =>
        b.train({
          name: dated('wordle-gpt-oss-20b-east', createdAt),
          createdAt,
          project: 'wordle',
          baseModel: GPT,
          hyperparameters: { ...SMALL_BATCH, max_steps: 40, learning_rate: 2e-5 },
          tags,
        }),
    },
    {
      id: 'east-eval',
      at: at(14, 9, 10),
      make: (b, createdAt, job) =>
        b.evaluate({
          name: dated('wordle-eval-east', createdAt),
          createdAt,
          project: 'wordle',
          of: { job: job('east-first'), step: 40 },
          hyperparameters: EVAL_8,
          tags,
        }),
    },
    {
      id: 'east-stopped',
      at: at(7, 12, 45),
      make: (b, createdAt, job) =>
        b.train({
          name: dated('wordle-gpt-oss-20b-east', createdAt),
          createdAt,
          project: 'wordle',
          baseModel: GPT,
          from: { job: job('east-first'), step: 40, kind: 'iterate' },
          hyperparameters: { ...SMALL_BATCH, max_steps: 60, learning_rate: 1e-6 },
          ending: { kind: 'stopped', afterStep: 12, fraction: 0.5 },
          tags,
        }),
    },
  ];
}
