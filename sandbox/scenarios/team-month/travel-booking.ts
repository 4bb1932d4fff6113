import { type Chapter, dated, daysBefore } from '../story';
import { EVAL_8, GEMMA, GPT, SMALL_BATCH, teamTags } from './models';

const NAME = 'travel-booking-gemma-4-31b';

/** Travel booking: two ways of failing before the first step, and a job that shares its groups with another project. */
export function travelBooking(now: number): Chapter[] {
  const at = daysBefore(now);
  const common = { project: 'travel-booking', baseModel: GEMMA };
  const tags = teamTags('travel', 'noor', GEMMA);
  const evaluation = (id: string, when: number, of: string, step: number): Chapter => ({
    id,
    at: when,
    make: (b, createdAt, job) =>
      b.evaluate({
        name: dated('travel-booking-eval', createdAt),
        createdAt,
        project: 'travel-booking',
        of: { job: job(of), step },
        hyperparameters: EVAL_8,
        tags,
      }),
  });
  return [
    {
      id: 'tb-base-eval',
      at: at(24, 8, 10),
      make: (b, createdAt) =>
        b.evaluate({
          ...common,
          name: dated('travel-booking-base-eval', createdAt),
          createdAt,
          hyperparameters: EVAL_8,
          tags,
        }),
    },
    {
      id: 'tb-first',
      at: at(24, 9, 25),
      make: (b, createdAt) =>
        b.train({
          ...common,
          name: dated(NAME, createdAt),
          createdAt,
          hyperparameters: { ...SMALL_BATCH, max_steps: 60, learning_rate: 2e-5 },
          tags,
          quirks: { packageEvidence: 'metadata', checkpointFields: 'string' },
        }),
    },
    {
      id: 'tb-shared',
      // While wordle's second job runs, into the same two groups.
      at: at(22, 10, 40),
      make: (b, createdAt) =>
        b.train({
          project: 'travel-booking',
          baseModel: GPT,
          name: dated('travel-booking-gpt-oss-20b', createdAt),
          createdAt,
          hyperparameters: { ...SMALL_BATCH, max_steps: 60, learning_rate: 1e-5 },
          tags: teamTags('travel', 'noor', GPT),
          quirks: { packageEvidence: 'path', checkpointFields: 'absent' },
        }),
    },
    {
      id: 'tb-no-capacity',
      at: at(20, 9, 0),
      make: (b, createdAt, job) =>
        b.train({
          ...common,
          name: dated(NAME, createdAt),
          createdAt,
          from: { job: job('tb-first'), step: 60, kind: 'iterate' },
          hyperparameters: { ...SMALL_BATCH, max_steps: 80, learning_rate: 2e-5 },
          ending: {
            kind: 'failed',
            during: 'Starting',
            afterStep: 0,
            reason: 'CapacityError: Unable to provision requested compute capacity. Please retry in a few minutes.',
            story: 'capacity',
          },
          tags,
        }),
    },
    {
      id: 'tb-second',
      at: at(20, 10, 5),
      make: (b, createdAt, job) =>
        b.train({
          ...common,
          name: dated(NAME, createdAt, '-retry'),
          createdAt,
          from: { job: job('tb-first'), step: 60, kind: 'iterate' },
          hyperparameters: { ...SMALL_BATCH, max_steps: 80, learning_rate: 2e-5 },
          pendingMs: 14 * 60_000,
          tags,
        }),
    },
    evaluation('tb-second-eval', at(19, 15, 20), 'tb-second', 80),
    {
      id: 'tb-no-sampling',
      at: at(6, 9, 35),
      make: (b, createdAt, job) =>
        b.train({
          ...common,
          name: dated(NAME, createdAt),
          createdAt,
          from: { job: job('tb-second'), step: 80, kind: 'iterate' },
          hyperparameters: { ...SMALL_BATCH, max_steps: 100, learning_rate: 2e-5 },
          ending: {
            kind: 'failed',
            during: 'Training',
            afterStep: 0,
            reason: 'No sampling requests were received',
            story: 'no-sampling',
          },
          tags,
        }),
    },
    {
      id: 'tb-third',
      at: at(5, 8, 50),
      make: (b, createdAt, job) =>
        b.train({
          ...common,
          name: dated(NAME, createdAt),
          createdAt,
          from: { job: job('tb-second'), step: 80, kind: 'iterate' },
          hyperparameters: { ...SMALL_BATCH, max_steps: 100, learning_rate: 2e-5 },
          tags,
          quirks: { packageEvidence: 'tags', checkpointFields: 'absent' },
        }),
    },
    evaluation('tb-third-eval', at(4, 9, 30), 'tb-third', 90),
  ];
}
