import type { JobRow, LineageKind, Progress, Tokens } from '../contract/jobs';
import { formatInteger } from '../shared/format';
import { jobStatusFacts, shownStatus, statusGroup } from './status';

/** `step 41 of 100`, `epoch 2 of 3`, `step 41`; undefined when nothing is known. */
export function progressWords(progress: Progress | undefined): string | undefined {
  if (!progress) return undefined;
  const { currentStep, totalSteps, currentEpoch, maxEpoch } = progress;
  if (currentStep !== undefined) return ofTotal('step', currentStep, totalSteps);
  if (currentEpoch !== undefined) return ofTotal('epoch', currentEpoch, maxEpoch);
  return undefined;
}

function ofTotal(unit: string, current: number, total: number | undefined): string {
  return total === undefined
    ? `${unit} ${formatInteger(current)}`
    : `${unit} ${formatInteger(current)} of ${formatInteger(total)}`;
}

/** `12 of 64 rollouts` of the step that runs; undefined when AWS does not say or the job is over. */
export function rolloutWords(job: Pick<JobRow, 'progress' | 'jobStatus'>): string | undefined {
  const rollouts = job.progress?.rollouts;
  if (!rollouts || jobStatusFacts(job.jobStatus).final) return undefined;
  return `${formatInteger(rollouts.completed)} of ${formatInteger(rollouts.total)} rollouts`;
}

/** All tokens of a job together; undefined when AWS counted none of the kinds. */
export function totalTokens(tokens: Tokens | undefined): number | undefined {
  const counts = [tokens?.train, tokens?.prefill, tokens?.sample].filter((count) => count !== undefined);
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}

const TOKEN_KINDS = ['train', 'prefill', 'sample'] as const;

/** The kinds that make up the total, in full: `train 41,200,000 · sample 7,000,000`. */
export function tokenWords(tokens: Tokens): string {
  return TOKEN_KINDS.flatMap((kind) => {
    const count = tokens[kind];
    return count === undefined ? [] : [`${kind} ${formatInteger(count)}`];
  }).join(' · ');
}

const PARENT_WORDS: Record<LineageKind, string> = {
  resume: 'resumed from',
  iterate: 'iterated from',
  evaluate: 'evaluates',
  unknown: 'started from',
};

/** How a job came from another one, as the words before that one's name. */
export function parentWords(kind: LineageKind): string {
  return PARENT_WORDS[kind];
}

/** When a job's duration stops counting: its end; while it goes on, undefined; `unknown` when it is over and AWS gave no end. */
export function durationEnd(job: Pick<JobRow, 'jobStatus' | 'endTime'>): { to?: string; known: boolean } {
  if (job.endTime) return { to: job.endTime, known: true };
  return { known: !jobStatusFacts(job.jobStatus).final };
}

/** The last part of a dataset's address, which is what people call it: `s3://bucket/team/tasks.jsonl` gives `tasks.jsonl`. */
export function shortDataset(dataset: string): string {
  const parts = dataset.split(/[/]/).filter(Boolean);
  const last = parts.at(-1) ?? dataset;
  // A hub-content ARN ends in its version; the name before it is what tells data sets apart.
  return /^\d+(\.\d+)*$/.test(last) && parts.length > 1 ? `${parts.at(-2)}/${last}` : last;
}

/** The last part of a base model's name or ARN, with its version where it has one. */
export function shortModel(baseModel: string): string {
  return shortDataset(baseModel);
}

/** What of a row is worth a highlight when it changes: a moving clock is not. */
export function rowFingerprint(job: JobRow): string {
  const { label } = shownStatus(job.jobStatus, job.secondaryStatus);
  const { resumable, model } = job.checkpoints;
  return [label, statusGroup(job.jobStatus), progressWords(job.progress), resumable, model, job.deletedAt].join('|');
}
