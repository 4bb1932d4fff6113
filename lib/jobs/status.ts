import type { JobSecondaryStatus, JobStatus } from '@aws-sdk/client-sagemaker';

/** What a word means to the eye: it picks icon, colour and shape. */
export type StatusTone = 'running' | 'pending' | 'completed' | 'failed' | 'stopped' | 'unknown';

export interface StatusFacts {
  /** Sentence-case word for the screen. For an unknown word: the word itself. */
  label: string;
  tone: StatusTone;
  /** Nothing about the job will change any more, except its deletion. */
  final: boolean;
}

/** Total over the SDK's own union: a status added there fails the type check here. */
const JOB_STATUS = {
  InProgress: { label: 'Running', tone: 'running', final: false },
  Completed: { label: 'Completed', tone: 'completed', final: true },
  Failed: { label: 'Failed', tone: 'failed', final: true },
  Stopping: { label: 'Stopping', tone: 'stopped', final: false },
  Stopped: { label: 'Stopped', tone: 'stopped', final: true },
  Deleting: { label: 'Deleting', tone: 'stopped', final: false },
  DeleteFailed: { label: 'Delete failed', tone: 'failed', final: false },
} as const satisfies Record<JobStatus, StatusFacts>;

const SECONDARY_STATUS = {
  Starting: { label: 'Starting', tone: 'pending', final: false },
  Pending: { label: 'Pending', tone: 'pending', final: false },
  Downloading: { label: 'Downloading', tone: 'pending', final: false },
  Training: { label: 'Training', tone: 'running', final: false },
  Evaluating: { label: 'Evaluating', tone: 'running', final: false },
  Uploading: { label: 'Uploading', tone: 'pending', final: false },
  Interrupted: { label: 'Interrupted', tone: 'stopped', final: false },
  Restarting: { label: 'Restarting', tone: 'pending', final: false },
  Stopping: { label: 'Stopping', tone: 'stopped', final: false },
  Stopped: { label: 'Stopped', tone: 'stopped', final: true },
  MaxRuntimeExceeded: { label: 'Max runtime exceeded', tone: 'stopped', final: true },
  Failed: { label: 'Failed', tone: 'failed', final: true },
  Completed: { label: 'Completed', tone: 'completed', final: true },
  Deleting: { label: 'Deleting', tone: 'stopped', final: false },
  DeleteFailed: { label: 'Delete failed', tone: 'failed', final: false },
} as const satisfies Record<JobSecondaryStatus, StatusFacts>;

/** The words of the API model, in the order a menu shows them. */
export const KNOWN_JOB_STATUSES = Object.keys(JOB_STATUS) as JobStatus[];

/** A word that nobody has met: shown as it came, treated as not final, so that it keeps being looked at. */
const unknownWord = (word: string): StatusFacts => ({ label: word, tone: 'unknown', final: false });

/** Facts of a JobStatus word; words never met are kept. */
export function jobStatusFacts(word: string): StatusFacts {
  return Object.hasOwn(JOB_STATUS, word) ? JOB_STATUS[word as JobStatus] : unknownWord(word);
}

/** Facts of a SecondaryStatus word, as transitions carry it; words never met are kept. */
export function secondaryStatusFacts(word: string): StatusFacts {
  return Object.hasOwn(SECONDARY_STATUS, word) ? SECONDARY_STATUS[word as JobSecondaryStatus] : unknownWord(word);
}

/**
 * What the list and the header show: the main status, refined by the phase while the job runs
 * (a job that is `InProgress` and `Downloading` is shown as pending, "Downloading").
 */
export function shownStatus(jobStatus: string, secondaryStatus: string): StatusFacts {
  const main = jobStatusFacts(jobStatus);
  if (jobStatus === 'InProgress') {
    const phase = secondaryStatusFacts(secondaryStatus);
    return { ...phase, label: secondaryStatus === 'Training' ? 'Running' : phase.label, final: false };
  }
  if (jobStatus === 'Stopped' && secondaryStatus === 'MaxRuntimeExceeded') return SECONDARY_STATUS.MaxRuntimeExceeded;
  return main;
}

/**
 * The groups of the status filter. `running` is everything that is not final, so that a job never falls between them;
 * `unknown` is any main status the API model does not list.
 */
export const STATUS_GROUPS = ['running', 'completed', 'failed', 'stopped', 'unknown'] as const;
export type StatusGroup = (typeof STATUS_GROUPS)[number];

const GROUP_OF: Record<JobStatus, StatusGroup> = {
  InProgress: 'running',
  Stopping: 'running',
  Completed: 'completed',
  Failed: 'failed',
  DeleteFailed: 'failed',
  Stopped: 'stopped',
  Deleting: 'stopped',
};

/** The filter group a JobStatus word falls into. */
export function statusGroup(word: string): StatusGroup {
  return Object.hasOwn(GROUP_OF, word) ? GROUP_OF[word as JobStatus] : 'unknown';
}

/** The JobStatus words of one filter group; empty for `unknown`, which is "none of the known words". */
export function statusesOfGroup(group: StatusGroup): JobStatus[] {
  return KNOWN_JOB_STATUSES.filter((word) => GROUP_OF[word] === group);
}
