import { z } from 'zod';
import { askedTimeSchema, isoTimeSchema, jobCategorySchema } from './names';
import { rewardSummarySchema } from './reward-summary';

/** How one job comes from another. `unknown`: it names an input package that the catalog could not classify yet. */
export const LINEAGE_KINDS = ['resume', 'iterate', 'evaluate', 'unknown'] as const;
export const lineageKindSchema = z.enum(LINEAGE_KINDS);
export type LineageKind = z.infer<typeof lineageKindSchema>;

/** A job by its address inside one region. */
export const jobRefSchema = z.object({ jobCategory: jobCategorySchema, jobName: z.string() });
export type JobRef = z.infer<typeof jobRefSchema>;

/** Where a job started from: its InputModelPackageArn and, where the catalog knows it, the job and step that made it. */
export const parentSchema = z.object({
  kind: lineageKindSchema,
  packageArn: z.string(),
  group: z.string().optional(),
  version: z.number().int().optional(),
  step: z.number().int().optional(),
  job: jobRefSchema.optional(),
});
export type Parent = z.infer<typeof parentSchema>;

/**
 * How far a job is. Both forms of ServiceOutput.ProgressInfo are reduced to steps; `form` keeps which one AWS used.
 * Absent numbers are unknown, never zero. `fraction` is 0 to 1 of the job's own steps that are done.
 */
export const progressSchema = z.object({
  form: z.enum(['step', 'epoch']),
  /** The step under way, counted from 1 over the whole run in both forms. */
  currentStep: z.number().int().optional(),
  /** Steps of the whole run. */
  totalSteps: z.number().int().optional(),
  currentEpoch: z.number().int().optional(),
  maxEpoch: z.number().int().optional(),
  stepsPerEpoch: z.number().int().optional(),
  batchSize: z.number().int().optional(),
  fraction: z.number().min(0).max(1).optional(),
  rollouts: z.object({ completed: z.number().int(), total: z.number().int() }).optional(),
});
export type Progress = z.infer<typeof progressSchema>;

/** Billable tokens as ServiceOutput.BillableTokenUsage counts them. */
export const tokensSchema = z.object({
  train: z.number().int().optional(),
  prefill: z.number().int().optional(),
  sample: z.number().int().optional(),
});
export type Tokens = z.infer<typeof tokensSchema>;

/** One row of the jobs list. What only DescribeJob tells is absent until the job was described once (`described`). */
export const jobRowSchema = z.object({
  region: z.string(),
  jobName: z.string(),
  jobCategory: jobCategorySchema,
  jobArn: z.string(),
  /** The words as AWS said them; `lib/jobs/status.ts` knows what they mean. */
  jobStatus: z.string(),
  secondaryStatus: z.string(),
  creationTime: isoTimeSchema,
  lastModifiedTime: isoTimeSchema,
  endTime: isoTimeSchema.optional(),
  described: z.boolean(),
  failureReason: z.string().optional(),
  baseModel: z.string().optional(),
  dataset: z.string().optional(),
  progress: progressSchema.optional(),
  tokens: tokensSchema.optional(),
  parent: parentSchema.optional(),
  /** How many checkpoints the catalog attributes to the job. */
  checkpoints: z.object({
    resumable: z.number().int(),
    model: z.number().int(),
    lastResumableStep: z.number().int().optional(),
  }),
  /** Absent until something was read from MLflow. */
  reward: rewardSummarySchema.optional(),
  /** Set when the job was in AWS once and is not any more; the catalog remembers it. */
  deletedAt: isoTimeSchema.optional(),
});
export type JobRow = z.infer<typeof jobRowSchema>;

/** One entry of SecondaryStatusTransitions. No endTime: it is the live edge. */
export const transitionSchema = z.object({
  status: z.string(),
  startTime: isoTimeSchema,
  endTime: isoTimeSchema.optional(),
  statusMessage: z.string().optional(),
});
export type Transition = z.infer<typeof transitionSchema>;

/** A job made from this one's checkpoints. */
export const childSchema = jobRefSchema.extend({
  kind: lineageKindSchema,
  step: z.number().int().optional(),
  jobStatus: z.string(),
  secondaryStatus: z.string(),
  creationTime: isoTimeSchema,
});
export type Child = z.infer<typeof childSchema>;

/** One job whole, as the job page shows it. */
export const jobDetailSchema = jobRowSchema.extend({
  roleArn: z.string().optional(),
  jobConfigSchemaVersion: z.string().optional(),
  transitions: z.array(transitionSchema),
  tags: z.array(z.object({ key: z.string(), value: z.string() })),
  config: z.object({
    /** The document exactly as AWS returned it. */
    raw: z.string().optional(),
    /** The document parsed; absent when it is missing or is not JSON. */
    parsed: z.record(z.string(), z.unknown()).optional(),
    /** Why there is no parsed document. */
    problem: z.string().optional(),
  }),
  /** The groups named by ModelPackageConfig. */
  groups: z.object({ output: z.string().optional(), intermediate: z.string().optional() }),
  outputPackageArn: z.string().optional(),
  /** When the last resumable checkpoint (`checkpoints.lastResumableStep`) was made. */
  lastResumableTime: isoTimeSchema.optional(),
  mlflow: z
    .object({
      resourceArn: z.string().optional(),
      experimentName: z.string().optional(),
      experimentId: z.string().optional(),
      runName: z.string().optional(),
      runId: z.string().optional(),
    })
    .optional(),
  children: z.array(childSchema),
});
export type JobDetail = z.infer<typeof jobDetailSchema>;

/** The clock of an answer: when AWS last said this (our wall clock), and what time it is at AWS now. */
export const clockSchema = z.object({
  /** When what is shown was last confirmed by AWS; absent when it never was. Wall clock of the server. */
  asOf: isoTimeSchema.optional(),
  /** The time at AWS when this answer was made (the Date header of AWS answers). Durations of live things count to it. */
  awsNow: isoTimeSchema,
});
export type Clock = z.infer<typeof clockSchema>;

export const SORT_KEYS = ['creationTime', 'name', 'status', 'duration', 'tokens', 'baseModel'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

const MAX_TEXT = 256;

/** The query of `GET /api/{region}/jobs`; the jobs page's URL carries the same words. */
export const listJobsQuerySchema = z.object({
  category: jobCategorySchema.optional(),
  /** Status groups or raw AWS status words, several joined by commas: `failed,running` or `Completed`. */
  status: z.string().max(MAX_TEXT).optional(),
  /** Part of a name, base model, dataset, tag value or failure reason. */
  q: z.string().max(MAX_TEXT).optional(),
  baseModel: z.string().max(MAX_TEXT).optional(),
  dataset: z.string().max(1024).optional(),
  since: askedTimeSchema.optional(),
  until: askedTimeSchema.optional(),
  sort: z.enum(SORT_KEYS).default('creationTime'),
  order: z.enum(['asc', 'desc']).default('desc'),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor: z.string().max(1024).optional(),
});
export type ListJobsQuery = z.infer<typeof listJobsQuerySchema>;

export const listJobsResponseSchema = clockSchema.extend({
  jobs: z.array(jobRowSchema),
  nextCursor: z.string().optional(),
  prevCursor: z.string().optional(),
  /** How many matching jobs stand before this page: the first row is number `offset + 1`. */
  offset: z.number().int(),
  /** Jobs that match the filters, over all pages. */
  total: z.number().int(),
  /** Jobs of the region without any filter: tells an empty account from an empty search. */
  totalUnfiltered: z.number().int(),
  /** What the filter menus offer: every value that occurs in the region, with its count. */
  facets: z.object({
    jobStatus: z.array(z.object({ value: z.string(), count: z.number().int() })),
    baseModel: z.array(z.object({ value: z.string(), count: z.number().int() })),
    dataset: z.array(z.object({ value: z.string(), count: z.number().int() })),
  }),
});
export type ListJobsResponse = z.infer<typeof listJobsResponseSchema>;

export const getJobResponseSchema = clockSchema.extend({ job: jobDetailSchema });
export type GetJobResponse = z.infer<typeof getJobResponseSchema>;
