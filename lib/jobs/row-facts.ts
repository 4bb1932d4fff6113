import type { JobRow, LineageKind, Progress, Tokens } from '../contract/jobs';
import { formatInteger } from '../shared/format';
import { jobStatusFacts, shownStatus, statusGroup } from './status';

/** `step 41 of 100`, `epoch 2 of 3`, `step 41`, for an evaluation `800 of 800 rollouts`; undefined when nothing is known. */
export function progressWords(progress: Progress | undefined): string | undefined {
  if (!progress) return undefined;
  const { currentStep, totalSteps, currentEpoch, maxEpoch, rollouts } = progress;
  if (currentStep !== undefined) return ofTotal('step', currentStep, totalSteps);
  if (currentEpoch !== undefined) return ofTotal('epoch', currentEpoch, maxEpoch);
  return rollouts && ofRollouts(rollouts);
}

function ofRollouts({ completed, total }: NonNullable<Progress['rollouts']>): string {
  return `${formatInteger(completed)} of ${formatInteger(total)} rollouts`;
}

function ofTotal(unit: string, current: number, total: number | undefined): string {
  return total === undefined
    ? `${unit} ${formatInteger(current)}`
    : `${unit} ${formatInteger(current)} of ${formatInteger(total)}`;
}

/** `12 of 64 rollouts` of the step that runs; undefined where there are no steps, and once the job is over. */
export function rolloutWords(job: Pick<JobRow, 'progress' | 'jobStatus'>): string | undefined {
  const rollouts = job.progress?.rollouts;
  if (!rollouts || job.progress?.currentStep === undefined) return undefined;
  return jobStatusFacts(job.jobStatus).final ? undefined : ofRollouts(rollouts);
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

/**
 * The end of a dataset's address, enough to tell datasets apart: the file with its folder, since files are often called
 * the same (`s3://bucket/code-repair/train.parquet` gives `code-repair/train.parquet`); of an ARN its name and version.
 */
export function shortDataset(dataset: string): string {
  const s3 = /^s3:\/\/[^/]+\/(.+)$/.exec(dataset);
  const parts = (s3?.[1] ?? dataset).split('/').filter(Boolean);
  if (s3) return parts.slice(-2).join('/') || dataset;
  return shortName(dataset, parts);
}

/** The last part of a base model's name or ARN, with its version where it has one. */
export function shortModel(baseModel: string): string {
  return shortName(baseModel, baseModel.split('/').filter(Boolean));
}

function shortName(whole: string, parts: string[]): string {
  const last = parts.at(-1) ?? whole;
  // A hub-content ARN ends in its version; the name before it is what tells one from another.
  return /^\d+(\.\d+)*$/.test(last) && parts.length > 1 ? `${parts.at(-2)}/${last}` : last;
}

/** What of a row is worth a highlight when it changes: a moving clock is not. */
export function rowFingerprint(job: JobRow): string {
  const { label } = shownStatus(job.jobStatus, job.secondaryStatus);
  const { resumable, model } = job.checkpoints;
  return [label, statusGroup(job.jobStatus), progressWords(job.progress), resumable, model, job.deletedAt].join('|');
}
