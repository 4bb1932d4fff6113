import { type Chapter, dated, daysBefore } from '../story';
import { GPT, SMALL_BATCH, teamTags } from './models';

/** The account's very first job, older than the log retention: all that is left of it is what the service remembers. */
export function firstTrial(now: number): Chapter[] {
  const at = daysBefore(now);
  return [
    {
      id: 'first-trial',
      at: at(34, 15, 20),
      make: (b, createdAt) =>
        b.train({
          name: dated('first-trial', createdAt),
          createdAt,
          project: 'first-trial',
          baseModel: GPT,
          groups: ['first-trial-mtrl-mpg', 'first-trial-mtrl-checkpoint-mpg'],
          hyperparameters: { ...SMALL_BATCH, max_steps: 8, val_every: 4 },
          tags: teamTags('research', 'ines', GPT),
        }),
    },
  ];
}
