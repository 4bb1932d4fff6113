import { z } from 'zod';
import { clockSchema, jobRefSchema, lineageKindSchema } from './jobs';
import { isoTimeSchema } from './names';

/**
 * Metrics as Cairn keeps them: MLflow's full history, one series a metric key. Nothing on the wire is thinned; thinning
 * is done by whoever draws, so that smoothing always sees every point.
 */

/** A metric key as MLflow allows it: letters and digits of any script, `_-. :/`; 250 characters at most. */
export const metricKeySchema = z
  .string()
  .min(1)
  .max(250)
  .regex(/^[\p{L}\p{N}_\-. :/]+$/u, { error: 'must be a metric key such as rollout/reward/mean' });

/**
 * One metric of one job, column by column, in the order of `steps`. Where MLflow has several points of one step the last
 * by time is kept. A value that is NaN or infinite is null: a gap, never zero.
 */
export const seriesSchema = z
  .object({
    key: metricKeySchema,
    steps: z.array(z.number().int()),
    values: z.array(z.number().nullable()),
    /** Epoch milliseconds, AWS's clock. */
    timesMs: z.array(z.number()),
    /** How many points MLflow has; more than `steps` when steps were repeated. */
    total: z.number().int(),
  })
  .refine(({ steps, values, timesMs }) => steps.length === values.length && steps.length === timesMs.length, {
    error: 'columns of different lengths',
  });
export type Series = z.infer<typeof seriesSchema>;

/** What MLflow knows of one key without its history. */
export const metricSummarySchema = z.object({
  key: metricKeySchema,
  lastStep: z.number().int().optional(),
  lastValue: z.number().nullable().optional(),
});
export type MetricSummary = z.infer<typeof metricSummarySchema>;

/**
 * Where the numbers come from and how well. `ready`: read, maybe still growing. `waiting`: not read yet, or the run has
 * not begun. The others say why there is nothing, or nothing new: what was read before is still shown.
 */
export const METRIC_SOURCE_STATES = [
  'ready',
  'waiting',
  'not_configured',
  'run_missing',
  'run_ambiguous',
  'resource_missing',
  'access_denied',
  'unreachable',
] as const;
export const metricSourceSchema = z.object({
  state: z.enum(METRIC_SOURCE_STATES),
  /** What happened, why and what to do: one sentence each, for people. */
  message: z.string().optional(),
  hint: z.string().optional(),
  resourceArn: z.string().optional(),
  experimentId: z.string().optional(),
  runId: z.string().optional(),
  /** How the run was found. */
  foundBy: z.enum(['service_output', 'config', 'run_name']).optional(),
  /** When MLflow last answered. Wall clock of the server. */
  readAt: isoTimeSchema.optional(),
  /** The job is final and its history was read to the end: MLflow is not asked again. */
  complete: z.boolean(),
});
export type MetricSource = z.infer<typeof metricSourceSchema>;

/** `GET /api/{region}/jobs/{category}/{name}/metrics?keys=a,b`: at most 40 keys; none asks for the catalogue alone. */
export const getMetricsQuerySchema = z.object({
  keys: z
    .string()
    .max(8192)
    .transform((text) => [...new Set(text.split(',').filter(Boolean))])
    .pipe(z.array(metricKeySchema).max(40))
    .optional(),
});

export const getMetricsResponseSchema = clockSchema.extend({
  source: metricSourceSchema,
  /** Every key the run has, sorted. */
  available: z.array(metricSummarySchema),
  series: z.array(seriesSchema),
});
export type GetMetricsResponse = z.infer<typeof getMetricsResponseSchema>;

/** One job of a branch, and how it came from the one before it. */
export const branchHopSchema = jobRefSchema.extend({
  jobStatus: z.string(),
  creationTime: isoTimeSchema,
  endTime: isoTimeSchema.optional(),
  /** Absent at the root. */
  from: z
    .object({
      kind: lineageKindSchema,
      group: z.string(),
      version: z.number().int(),
      /** The parent's step that the checkpoint holds; unknown steps cannot be joined. */
      step: z.number().int().optional(),
    })
    .optional(),
  /** What this job changed against the one before: paths of the config document, names and ARNs of outputs left out. */
  changed: z.array(z.string()),
  source: metricSourceSchema,
  series: z.array(seriesSchema),
});
export type BranchHop = z.infer<typeof branchHopSchema>;

/** `GET …/metrics/branch?keys=`: from the root of the lineage to this job, by the checkpoints they started from. */
export const getBranchMetricsResponseSchema = clockSchema.extend({
  hops: z.array(branchHopSchema),
  /** The first hop names a parent that the catalog has never seen, or a package nobody could be found for. */
  rootMissing: z.boolean(),
});
export type GetBranchMetricsResponse = z.infer<typeof getBranchMetricsResponseSchema>;

/** `GET /api/{region}/compare?jobs=name,AgentRFTEvaluation/name&keys=`: 1 to 20 jobs, at most 10 keys. */
export const compareQuerySchema = z.object({
  jobs: z
    .string()
    .max(4096)
    .transform((text) => [...new Set(text.split(',').filter(Boolean))])
    .pipe(z.array(z.string().max(90)).min(1).max(20)),
  keys: z
    .string()
    .max(4096)
    .transform((text) => [...new Set(text.split(',').filter(Boolean))])
    .pipe(z.array(metricKeySchema).max(10))
    .optional(),
});

export const comparedJobSchema = jobRefSchema.extend({
  jobStatus: z.string(),
  creationTime: isoTimeSchema,
  endTime: isoTimeSchema.optional(),
  /** Steps trained before this job on its branch by resume; its cumulative step is `stepOffset` + step. */
  stepOffset: z.number().int(),
  /** Nested paths of the config document (`ServiceOutput` left out), scalar values as text. */
  config: z.array(
    z.object({
      path: z.string(),
      value: z.string(),
      /** Not written in the document: the default that applies. */
      isDefault: z.boolean(),
    }),
  ),
  source: metricSourceSchema,
  series: z.array(seriesSchema),
});
export type ComparedJob = z.infer<typeof comparedJobSchema>;

export const compareResponseSchema = clockSchema.extend({
  jobs: z.array(comparedJobSchema),
  /** Asked for and not in the catalog. */
  missing: z.array(z.string()),
});
export type CompareResponse = z.infer<typeof compareResponseSchema>;

/** One rollout as its trace tells. What MLflow does not say is absent. */
export const rolloutSchema = z.object({
  traceId: z.string(),
  step: z.number().int().optional(),
  reward: z.number().optional(),
  turns: z.number().int().optional(),
  tokens: z.number().int().optional(),
  state: z.enum(['ok', 'error', 'in_progress', 'unknown']),
  startTime: isoTimeSchema.optional(),
  durationMs: z.number().optional(),
  prompt: z.string().optional(),
  response: z.string().optional(),
});
export type Rollout = z.infer<typeof rolloutSchema>;

/** `GET …/rollouts?step=&outcome=&sort=&cursor=`. */
export const listRolloutsQuerySchema = z.object({
  step: z.coerce.number().int().min(0).optional(),
  outcome: z.enum(['all', 'error', 'zero', 'success']).default('all'),
  sort: z.enum(['time', 'worst', 'best', 'longest']).default('worst'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(2048).optional(),
});

export const listRolloutsResponseSchema = clockSchema.extend({
  source: metricSourceSchema,
  rollouts: z.array(rolloutSchema),
  /** Of the traces looked at; more may follow behind `nextCursor`. */
  total: z.number().int().optional(),
  /** Whether the rollouts were found by the run, or only by the time the job ran. */
  foundBy: z.enum(['run', 'time_window']).optional(),
  /** Facts that no trace of this answer carries, in words of the column. */
  missing: z.array(z.enum(['step', 'reward', 'turns', 'tokens'])),
  nextCursor: z.string().optional(),
});
export type ListRolloutsResponse = z.infer<typeof listRolloutsResponseSchema>;

/** One entry of a conversation, in order of time. Text is cut to 20,000 characters; `cutChars` says how many are not here. */
export const turnPartSchema = z.object({
  id: z.string(),
  kind: z.enum(['system', 'prompt', 'model', 'tool_call', 'tool_result', 'other']),
  name: z.string().optional(),
  text: z.string(),
  cutChars: z.number().int().optional(),
  startTime: isoTimeSchema.optional(),
  durationMs: z.number().optional(),
  tokens: z.number().int().optional(),
  reward: z.number().optional(),
  error: z.string().optional(),
});
export type TurnPart = z.infer<typeof turnPartSchema>;

/** Entries of a rollout on one page. */
export const ROLLOUT_PAGE = 100;

/** `GET …/rollouts/{traceId}?cursor=`: 100 entries at a time; `cursor` is the place of the first, so any page can be had at once. */
export const getRolloutResponseSchema = clockSchema.extend({
  rollout: rolloutSchema,
  parts: z.array(turnPartSchema),
  totalParts: z.number().int(),
  /** Places of the first entries that failed. */
  failedParts: z.array(z.number().int()),
  nextCursor: z.string().optional(),
});
export type GetRolloutResponse = z.infer<typeof getRolloutResponseSchema>;
