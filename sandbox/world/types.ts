// The words of the sandbox's world. A job is a value: what was asked for, how it will go (its plan), and what people did
// to it (its actions). Everything that can be seen of it at a time is computed from these.

export const JOB_CATEGORIES = ['AgentRFT', 'AgentRFTEvaluation'] as const;
export type JobCategory = (typeof JOB_CATEGORIES)[number];

export interface Tag {
  Key: string;
  Value: string;
}

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export type ParentKind = 'resume' | 'iterate' | 'evaluate';

/** The checkpoint a job started from, and the job that made it. */
export interface ParentLink {
  kind: ParentKind;
  group: string;
  version: number;
  job?: Job;
  step: number;
}

/** Why a failed job failed; the word chooses the lines its log shows around the failure. */
export const FAILURE_STORIES = [
  'agent-timeouts',
  'no-sampling',
  'trajectory-failed',
  'capacity',
  'data-not-found',
  'agent-denied',
  'reward-nan',
  'agent-redeployed',
  'lambda-timeout',
  'sample-denied',
  'session-quota',
  'tool-drift',
  'capacity-wait',
  'other',
] as const;
export type FailureStory = (typeof FAILURE_STORIES)[number];

export type Ending =
  | { kind: 'completed' }
  | {
      kind: 'failed';
      during: 'Starting' | 'Downloading' | 'Training' | 'Evaluating';
      afterStep: number;
      reason: string;
      story: FailureStory;
    }
  | { kind: 'max-runtime'; limitMs: number }
  | { kind: 'stopped'; afterStep: number; fraction: number };

/** A pause in training: the job is interrupted after a step, restarts, and does the step in flight again. */
export interface Outage {
  afterStep: number;
  interruptedMs: number;
  restartingMs: number;
  /** Nobody notices: the status stays Training while no step comes. */
  silent?: boolean;
}

/** How the parts of a job that AWS does not document look for this job; jobs differ on purpose. */
export interface Quirks {
  progressForm: 'epoch' | 'step';
  /** ResumableCheckpoint and ModelCheckpoint in ServiceOutput. */
  checkpointFields: 'string' | 'object' | 'absent';
  /** How a package tells which job and step made it. */
  packageEvidence: 'path' | 'metadata' | 'tags' | 'none';
  /** Whether a stop or failure promotes the last resumable checkpoint. */
  promotes: boolean;
  /** Milliseconds after creation before ServiceOutput appears. */
  serviceOutputAfterMs: number;
  /** Whether the job writes to two log streams rather than one. */
  twoLogStreams: boolean;
  /** Steps in which a tool behind the agent was down: rollouts do badly for no fault of the policy. */
  toolsDown?: { fromStep: number; toStep: number };
}

export interface TrainPlan {
  kind: 'train';
  firstStep: number;
  lastStep: number;
  saveEvery: number;
  valEvery: number;
  stepMs: number;
  validationMs: number;
  /** A validation of the untouched model before step 1; a resumed job has had it already. */
  baselineValidation: boolean;
  pendingMs: number;
  startingMs: number;
  downloadingMs: number;
  uploadingMs: number;
  stoppingMs: number;
  outages: readonly Outage[];
  ending: Ending;
}

export interface EvalPlan {
  kind: 'eval';
  prompts: number;
  groupSize: number;
  pendingMs: number;
  startingMs: number;
  evaluatingMs: number;
  uploadingMs: number;
  stoppingMs: number;
  ending: Ending;
}

export type Plan = TrainPlan | EvalPlan;

/** What MLflow holds of a job besides, or in place of, what training logs. */
export interface MlflowOverrides {
  /** The run lies in the trash. */
  runDeleted?: boolean;
  /** Nothing on the run says whose it is: no tag names the job. */
  runUntagged?: boolean;
  /** A metric that the agent logs by itself, one point a call. */
  longMetric?: { name: string; points: number };
  /** Of these steps the first training rollout is this long. */
  longTraces?: readonly LongTrace[];
}

export interface LongTrace {
  step: number;
  turns: number;
  /** Characters of what each tool answers. */
  resultChars: number;
  /** Each model call repeats the whole conversation before it, as chat agents do. */
  remembers: boolean;
}

/** How the door of an MLflow app or tracking server stands. */
export const MLFLOW_CONDITIONS = ['open', 'deleted', 'denied', 'down', 'sessions-only'] as const;
export type MlflowCondition = (typeof MLFLOW_CONDITIONS)[number];

/** What the service would answer in place of the truth; only for scenarios with words nobody has met. */
export interface Overrides {
  mlflow?: MlflowOverrides;
  jobStatus?: string;
  secondaryStatus?: string;
  /** The exact text of JobConfigDocument, or null for no document at all. */
  documentText?: string | null;
  /** Written to the log as they are, soon after the start. */
  logTexts?: readonly string[];
  /** Shown in front of the ordinary transitions. */
  extraTransitions?: ReadonlyArray<{ status: string; start: number; end: number; message?: string }>;
}

export interface Job {
  /** Position in its region's list; small numbers stand for jobs in the package indexes. */
  readonly index: number;
  /** Seeds everything random about the job. */
  readonly key: number;
  readonly region: string;
  readonly category: JobCategory;
  readonly name: string;
  readonly createdAt: number;
  readonly roleArn: string;
  readonly schemaVersion: string;
  /** The document as it was sent, without ServiceOutput. */
  readonly document: JsonObject;
  readonly plan: Plan;
  readonly quirks: Quirks;
  readonly parent?: ParentLink;
  readonly outputGroup?: string;
  readonly intermediateGroup?: string;
  readonly baseModel: string;
  readonly overrides?: Overrides;
  tags: Tag[];
  /** Actions people took, as virtual times. */
  stopRequestedAt?: number;
  deletedAt?: number;
}
