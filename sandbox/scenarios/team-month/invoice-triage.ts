import { type Chapter, dated, daysBefore } from '../story';
import { EVAL_8, NOVA, SMALL_BATCH, teamTags } from './models';

const NAME = 'invoice-triage-nova-lite-v2';
const GROUPS = ['invoice-triage-nova-mpg', 'invoice-triage-nova-checkpoint-mpg'] as const;

/** Nova: restricted groups that hide where packages lie, a checkpoint every five steps, and work lost by a stop. */
export function invoiceTriage(now: number): Chapter[] {
  const at = daysBefore(now);
  const common = { project: 'invoice-triage', baseModel: NOVA, groups: GROUPS };
  const tags = teamTags('finance', 'amal', NOVA);
  const evaluation = (id: string, when: number, of: string, step: number): Chapter => ({
    id,
    at: when,
    make: (b, createdAt, job) =>
      b.evaluate({
        name: dated('invoice-triage-eval', createdAt),
        createdAt,
        project: 'invoice-triage',
        of: { job: job(of), step },
        hyperparameters: EVAL_8,
        tags,
      }),
  });
  return [
    {
      id: 'it-first',
      at: at(14, 9, 0),
      make: (b, createdAt) =>
        b.train({
          ...common,
          name: dated(NAME, createdAt),
          createdAt,
          hyperparameters: { pass_k_values: SMALL_BATCH.pass_k_values, learning_rate: 2e-5 },
          tags,
          quirks: { checkpointFields: 'absent' },
        }),
    },
    evaluation('it-first-eval', at(13, 9, 20), 'it-first', 100),
    {
      id: 'it-stopped',
      at: at(11, 8, 40),
      make: (b, createdAt, job) =>
        b.train({
          ...common,
          name: dated(NAME, createdAt),
          createdAt,
          from: { job: job('it-first'), step: 95, kind: 'iterate' },
          hyperparameters: { pass_k_values: SMALL_BATCH.pass_k_values, max_steps: 60, learning_rate: 1e-5 },
          ending: { kind: 'stopped', afterStep: 33, fraction: 0.3 },
          tags,
          quirks: { promotes: true, checkpointFields: 'string' },
        }),
    },
    {
      id: 'it-resumed',
      at: at(11, 13, 0),
      make: (b, createdAt, job) =>
        b.train({
          name: dated(NAME, createdAt, '-resume'),
          createdAt,
          from: { job: job('it-stopped'), step: 30, kind: 'resume' },
          tags,
          quirks: { checkpointFields: 'string' },
        }),
    },
    {
      id: 'it-second',
      at: at(3, 9, 5),
      make: (b, createdAt, job) =>
        b.train({
          ...common,
          name: dated(NAME, createdAt),
          createdAt,
          from: { job: job('it-resumed'), step: 60, kind: 'iterate' },
          hyperparameters: { pass_k_values: SMALL_BATCH.pass_k_values, max_steps: 60, learning_rate: 1e-5 },
          tags,
          quirks: { checkpointFields: 'object' },
        }),
    },
    evaluation('it-second-eval', at(2, 10, 0), 'it-second', 60),
  ];
}
