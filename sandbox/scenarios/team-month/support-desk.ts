import { type Chapter, DAY, dated, daysBefore, HOUR, MINUTE, startOfDay } from '../story';
import { EVAL_8, GPT, SMALL_BATCH, teamTags } from './models';

const NAME = 'support-desk-gpt-oss-20b';
const GROUPS = ['support-desk-mtrl-mpg', 'support-desk-mtrl-checkpoint-mpg'] as const;

/**
 * The support desk: a first run, one that collapsed, a failure that was resumed, a run that went on for too long, and the
 * newest one, which failed last night.
 */
export function supportDesk(now: number): Chapter[] {
  const at = daysBefore(now);
  const night = lastNight(now);
  const common = { project: 'support-desk', groups: GROUPS, baseModel: GPT };
  const named = { packageEvidence: 'path', checkpointFields: 'string' } as const;
  const evaluation = (id: string, when: number, of: string, step: number, suffix = ''): Chapter => ({
    id,
    at: when,
    make: (b, createdAt, job) =>
      b.evaluate({
        name: dated('support-desk-eval', createdAt, suffix),
        createdAt,
        project: 'support-desk',
        of: { job: job(of), step },
        hyperparameters: EVAL_8,
        tags: teamTags('support', 'maya', GPT),
      }),
  });
  return [
    {
      id: 'sd-first',
      at: at(29, 9, 14),
      make: (b, createdAt) =>
        b.train({
          ...common,
          name: dated(NAME, createdAt),
          createdAt,
          hyperparameters: { ...SMALL_BATCH, max_steps: 60, learning_rate: 2e-5 },
          tags: teamTags('support', 'maya', GPT),
          quirks: { ...named, progressForm: 'epoch' },
        }),
    },
    {
      id: 'sd-base-eval',
      at: at(29, 14, 30),
      make: (b, createdAt) =>
        b.evaluate({
          name: dated('support-desk-base-eval', createdAt),
          createdAt,
          baseModel: GPT,
          project: 'support-desk',
          hyperparameters: EVAL_8,
          tags: teamTags('support', 'maya', GPT),
        }),
    },
    {
      id: 'sd-collapsed',
      at: at(28, 10, 20),
      make: (b, createdAt) =>
        b.train({
          ...common,
          name: dated(NAME, createdAt, '-lr2e-4'),
          createdAt,
          hyperparameters: { ...SMALL_BATCH, max_steps: 60, learning_rate: 2e-4 },
          tags: teamTags('support', 'tomas', GPT),
          quirks: named,
        }),
    },
    {
      id: 'sd-broken',
      at: at(26, 10, 2),
      make: (b, createdAt, job) =>
        b.train({
          ...common,
          name: dated(NAME, createdAt),
          createdAt,
          from: { job: job('sd-first'), step: 50, kind: 'iterate' },
          hyperparameters: { ...SMALL_BATCH, max_steps: 100, learning_rate: 2e-5 },
          ending: {
            kind: 'failed',
            during: 'Training',
            afterStep: 63,
            reason: 'The agent signaled that the trajectory failed',
            story: 'trajectory-failed',
          },
          tags: teamTags('support', 'maya', GPT),
          quirks: { ...named, promotes: false },
        }),
    },
    {
      id: 'sd-resumed',
      at: at(25, 8, 30),
      make: (b, createdAt, job) =>
        b.train({
          name: dated(NAME, createdAt, '-resume'),
          createdAt,
          from: { job: job('sd-broken'), step: 63, kind: 'resume' },
          tags: teamTags('support', 'maya', GPT),
          quirks: named,
        }),
    },
    evaluation('sd-resumed-eval-80', at(25, 11, 5), 'sd-resumed', 80, '-step80'),
    evaluation('sd-resumed-eval-100', at(25, 11, 45), 'sd-resumed', 100, '-step100'),
    {
      id: 'sd-overfit',
      at: at(18, 9, 0),
      make: (b, createdAt, job) =>
        b.train({
          ...common,
          name: dated(NAME, createdAt, '-data-v2'),
          createdAt,
          from: { job: job('sd-resumed'), step: 80, kind: 'iterate' },
          dataset: 'train-v2.parquet',
          hyperparameters: { ...SMALL_BATCH, max_steps: 100, learning_rate: 4e-5 },
          tags: teamTags('support', 'tomas', GPT),
          quirks: { ...named, checkpointFields: 'object' },
        }),
    },
    evaluation('sd-overfit-eval-40', at(17, 9, 0), 'sd-overfit', 40, '-step40'),
    evaluation('sd-overfit-eval-100', at(17, 9, 50), 'sd-overfit', 100, '-step100'),
    {
      id: 'sd-best',
      at: at(10, 8, 45),
      make: (b, createdAt, job) =>
        b.train({
          ...common,
          name: dated(NAME, createdAt),
          createdAt,
          from: { job: job('sd-overfit'), step: 40, kind: 'iterate' },
          dataset: 'train-v2.parquet',
          hyperparameters: { ...SMALL_BATCH, max_steps: 100, learning_rate: 1e-5 },
          tags: teamTags('support', 'maya', GPT),
          quirks: named,
        }),
    },
    evaluation('sd-best-eval', at(9, 10, 10), 'sd-best', 90),
    {
      id: 'sd-night',
      // Four hours before it fails; shifted so that the failure falls into the small hours.
      at: night - 2 * HOUR - 7 * MINUTE,
      make: (b, _at, job) => {
        const wish = {
          ...common,
          from: { job: job('sd-best'), step: 90, kind: 'iterate' as const },
          dataset: 'train-v2.parquet',
          hyperparameters: { ...SMALL_BATCH, max_steps: 100, learning_rate: 2e-5 },
          ending: {
            kind: 'failed' as const,
            during: 'Training' as const,
            afterStep: 47,
            reason: 'The agent signaled that the trajectory failed',
            story: 'agent-timeouts' as const,
          },
          tags: teamTags('support', 'tomas', GPT),
          quirks: { ...named, promotes: true, progressForm: 'step' as const, twoLogStreams: false },
        };
        const draft = { ...wish, name: dated(NAME, night), createdAt: night };
        return b.train({ ...draft, createdAt: night - b.durationMs(draft, 'AgentRFT') });
      },
    },
  ];
}

/** The last 03:12 UTC that is at least two hours gone. */
function lastNight(now: number): number {
  const night = startOfDay(now) + 3 * HOUR + 12 * MINUTE;
  return night <= now - 2 * HOUR ? night : night - DAY;
}
