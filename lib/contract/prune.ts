import { z } from 'zod';
import { checkpointKindSchema } from './checkpoints';
import { clockSchema, jobRefSchema } from './jobs';
import { groupNameSchema, isoTimeSchema, jobNameSchema } from './names';

const flag = z.enum(['0', '1'], { error: 'must be 0 or 1' });

/** Kinds of jobs a clean-up can be narrowed to; the words of the status filter of the jobs list that can hold anything to delete. */
export const PRUNE_STATUSES = ['completed', 'failed', 'stopped', 'unknown'] as const;
const statusesSchema = z
  .string()
  .max(64)
  .refine((text) => text.split(',').every((word) => (PRUNE_STATUSES as readonly string[]).includes(word)), {
    error: `must be some of ${PRUNE_STATUSES.join(', ')}, joined by commas`,
  });

/**
 * What is kept, and which checkpoints are looked at, in words of a query string: a link holds the whole suggestion.
 * What no rule can give away (see `PRUNE_REASONS`, `always`) is not among them.
 */
export const pruneRulesSchema = z.object({
  /** Keep the steps of each job with the highest reward, this many; 0: none for that reason. */
  best: z.coerce.number({ error: 'must be a whole number from 0 to 100' }).int().min(0).max(100).default(3),
  /** Measured by validation (the mean reward where a job has none), or by the mean reward of the rollouts. */
  by: z.enum(['validation', 'reward'], { error: 'must be validation or reward' }).default('validation'),
  /** Keep every Nth step; 0: none for that reason. */
  nth: z.coerce.number({ error: 'must be a whole number from 0 to 100000' }).int().min(0).max(100_000).default(0),
  /** Keep the last checkpoint of each kind of each job, and the job's output. */
  last: flag.default('1'),
  /** Keep what any job started from, also a job that was deleted since. */
  branch: flag.default('1'),
  /** Keep what an evaluation started from, also one that was deleted since. */
  evaluated: flag.default('1'),
  approved: flag.default('1'),
  /** Keep what somebody wrote a note about. */
  noted: flag.default('1'),
  /** `1`: let go also what is known to be of its job by the clock alone. */
  guessed: flag.default('0'),
  group: groupNameSchema.optional(),
  /** A training job. */
  job: jobNameSchema.optional(),
  /** Every job that hangs together with this training job. */
  lineage: jobNameSchema.optional(),
  status: statusesSchema.optional(),
  kind: z.enum(['resumable', 'model'], { error: 'must be resumable or model' }).optional(),
  /** Only checkpoints that were made more than so many days ago. */
  days: z.coerce.number({ error: 'must be a whole number from 0 to 3650' }).int().min(0).max(3650).optional(),
});
export type PruneRules = z.infer<typeof pruneRulesSchema>;

/** Every reason to keep a checkpoint, strongest first. `always`: no rule switches it off. */
export const PRUNE_REASONS = {
  unread: { always: true },
  unattributed: { always: true },
  unfinished: { always: true },
  live: { always: true },
  creating: { always: true },
  input: { always: true },
  resumable: { always: true },
  pinned: { always: true },
  guessed: { always: false },
  approved: { always: false },
  evaluated: { always: false },
  branch: { always: false },
  last: { always: false },
  best: { always: false },
  nth: { always: false },
  noted: { always: false },
  unranked: { always: false },
} as const satisfies Record<string, { always: boolean }>;
export type PruneReason = keyof typeof PRUNE_REASONS;
export const PRUNE_REASON_NAMES = Object.keys(PRUNE_REASONS) as [PruneReason, ...PruneReason[]];
export const pruneReasonSchema = z.enum(PRUNE_REASON_NAMES);

const countSchema = z.number().int().min(0);

/** One checkpoint of the suggestion. Sizes are nowhere in it: AWS tells no size of a package. */
export const pruneRowSchema = z.object({
  group: z.string(),
  version: z.number().int(),
  kind: checkpointKindSchema,
  packageStatus: z.string(),
  creationTime: isoTimeSchema,
  step: z.number().int().optional(),
  job: jobRefSchema.optional(),
  /** That it is of this job is known by the time of writing alone. */
  guessed: z.boolean(),
  /** Its step is its place in a count. */
  counted: z.boolean(),
  /** Why it is kept, all reasons, each in a sentence; empty when it may go. */
  kept: z.array(z.object({ reason: pruneReasonSchema, detail: z.string() })),
});
export type PruneRow = z.infer<typeof pruneRowSchema>;

/** `GET /api/{region}/prune/download`: the whole list. */
export const pruneListQuerySchema = pruneRulesSchema.extend({
  show: z.enum(['go', 'kept', 'all'], { error: 'must be go, kept or all' }).default('go'),
  /** Only what is kept for this reason. */
  why: pruneReasonSchema.optional(),
});
export type PruneListQuery = z.infer<typeof pruneListQuerySchema>;

/** `GET /api/{region}/prune/download`. With `planToken` the list has to be the one that was looked at. */
export const pruneDownloadQuerySchema = pruneListQuerySchema.extend({ planToken: z.string().max(200).optional() });
export type PruneDownloadQuery = z.infer<typeof pruneDownloadQuerySchema>;

/** `GET /api/{region}/prune`. Rows are addressed by their place, so that a table of 200,000 asks for what is in sight. */
export const prunePreviewQuerySchema = pruneListQuerySchema.extend({
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(0).max(500).default(100),
});
export type PrunePreviewQuery = z.infer<typeof prunePreviewQuerySchema>;

export const prunePreviewSchema = clockSchema.extend({
  /** Stands for the whole list of what may go: the start asks for it back. */
  planToken: z.string(),
  counts: z.object({
    /** Checkpoints that the narrowing leaves, of how many there are. */
    looked: countSchema,
    all: countSchema,
    go: countSchema,
    kept: countSchema,
    goResumable: countSchema,
    goModel: countSchema,
    /** Those whose job is only guessed. */
    goGuessed: countSchema,
    /** Jobs that lose any. */
    goJobs: countSchema,
    /** How many are kept for each reason; one may be kept for several. */
    reasons: z.partialRecord(pruneReasonSchema, countSchema),
  }),
  /** Bytes are known of none: the model registry tells no size. Never estimated. */
  size: z.object({ knownBytes: countSchema, unknown: countSchema }),
  /** Why nothing may go whatever the rules say, one sentence. */
  blocked: z.string().optional(),
  /** What the narrowing can be set to. */
  groups: z.array(z.string()),
  /** How many the table has with these filters. */
  total: countSchema,
  offset: countSchema,
  rows: z.array(pruneRowSchema),
});
export type PrunePreview = z.infer<typeof prunePreviewSchema>;

/** What is left out of the deletion by hand, at most; beyond it rules and pins say it better. */
export const MAX_DROPPED = 2000;

/** `group/version`. */
const packageWordSchema = z
  .string()
  .max(80)
  .regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}\/[1-9]\d{0,9}$/, { error: 'must be group/version' });

/** Body of `POST /api/{region}/prune`. */
export const pruneStartSchema = z.strictObject({
  rules: pruneRulesSchema,
  planToken: z.string().max(200),
  /** Left out of the deletion by hand. Nothing can be put in. */
  drop: z.array(packageWordSchema).max(MAX_DROPPED).default([]),
  /** The number of checkpoints that will be deleted, typed by whoever starts it. */
  confirm: z.number().int().min(1),
});
export type PruneStart = z.input<typeof pruneStartSchema>;
export type ParsedPruneStart = z.infer<typeof pruneStartSchema>;

export const RUN_STATES = ['running', 'paused', 'done', 'ended'] as const;
export type RunState = (typeof RUN_STATES)[number];
/** kept: something came to need it after the start, or somebody ended the run. */
export const ITEM_STATES = ['waiting', 'deleting', 'deleted', 'failed', 'kept'] as const;
export const itemStateSchema = z.enum(ITEM_STATES, { error: `must be one of ${ITEM_STATES.join(', ')}` });
export type ItemState = (typeof ITEM_STATES)[number];

export const pruneRunSchema = z.object({
  id: z.number().int(),
  state: z.enum(RUN_STATES),
  /** ARN of the credentials it was started with. */
  who: z.string().optional(),
  rules: pruneRulesSchema,
  dropped: countSchema,
  total: countSchema,
  counts: z.record(itemStateSchema, countSchema),
  startTime: isoTimeSchema,
  endTime: isoTimeSchema.optional(),
  /** What holds it up just now; it goes on by itself unless the hint says otherwise. */
  trouble: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }).optional(),
});
export type PruneRun = z.infer<typeof pruneRunSchema>;

export const pruneStartResponseSchema = z.object({
  run: pruneRunSchema,
  /** False: the same plan was started before, and this is that run. */
  created: z.boolean(),
});

/** `GET /api/{region}/prune/runs`: newest first. */
export const listPruneRunsResponseSchema = clockSchema.extend({ runs: z.array(pruneRunSchema) });
export type ListPruneRunsResponse = z.infer<typeof listPruneRunsResponseSchema>;

export const runIdSchema = z.coerce.number({ error: 'must be the number of a run' }).int().min(1).max(2147483647);

/** `GET /api/{region}/prune/runs/{run}`: the record, with one stretch of its checkpoints. */
export const getPruneRunQuerySchema = z.object({
  state: itemStateSchema.optional(),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(0).max(500).default(100),
});
export type GetPruneRunQuery = z.infer<typeof getPruneRunQuerySchema>;

export const pruneItemSchema = z.object({
  group: z.string(),
  version: z.number().int(),
  kind: checkpointKindSchema,
  step: z.number().int().optional(),
  job: jobRefSchema.optional(),
  state: itemStateSchema,
  /** Why it failed or is kept; what AWS answered. */
  reason: z.string().optional(),
  attempts: countSchema,
  /** When its state last changed. */
  time: isoTimeSchema,
});
export type PruneItem = z.infer<typeof pruneItemSchema>;

export const getPruneRunResponseSchema = clockSchema.extend({
  run: pruneRunSchema,
  total: countSchema,
  offset: countSchema,
  items: z.array(pruneItemSchema),
});
export type GetPruneRunResponse = z.infer<typeof getPruneRunResponseSchema>;

/** Body of `POST /api/{region}/prune/runs/{run}`. `retry`: those that failed; `end`: what still waits is kept. */
export const pruneRunChangeSchema = z.strictObject({
  change: z.enum(['pause', 'resume', 'retry', 'end'], { error: 'must be pause, resume, retry or end' }),
});
export type PruneRunChange = z.infer<typeof pruneRunChangeSchema>['change'];
export const pruneRunChangeResponseSchema = z.object({ run: pruneRunSchema });
