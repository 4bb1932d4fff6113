import { z } from 'zod';
import { clockSchema, lineageKindSchema } from './jobs';
import { askedTimeSchema, isoTimeSchema, jobCategorySchema } from './names';

/** Lanes an answer holds at most, whatever the account: the rest is counted where it branches off. */
export const MAX_LANES = 200;

/** `AgentRFT/name`: a job inside one region, as lanes and links name it. */
export const laneIdSchema = z
  .string()
  .max(90)
  .regex(/^(AgentRFT|AgentRFTEvaluation)\/[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/, {
    error: 'must be a job such as AgentRFT/my-job',
  });

/** What the view is centred on: `job:AgentRFT/name` or `package:group/version`. */
export const lineageFocusSchema = z
  .string()
  .max(96)
  .regex(/^(job:(AgentRFT|AgentRFTEvaluation)\/[a-zA-Z0-9-]{1,63}|package:[a-zA-Z0-9-]{1,63}\/[1-9]\d{0,9})$/, {
    error: 'must be job:AgentRFT/name or package:group/version',
  });

const laneList = z
  .string()
  .max(8192)
  .transform((text) => [...new Set(text.split(',').filter(Boolean))])
  .pipe(z.array(laneIdSchema).max(80));

/** The query of `GET /api/{region}/lineage`. */
export const getLineageQuerySchema = z.object({
  focus: lineageFocusSchema.optional(),
  /** With a focus: this many generations up and down from it; all when absent. */
  depth: z.coerce.number().int().min(0).max(100).optional(),
  /** `1`: only the lineage that the focus belongs to. */
  only: z.enum(['0', '1']).optional(),
  /** As in the jobs list; jobs that match are shown with the way that led to them. */
  status: z.string().max(256).optional(),
  baseModel: z.string().max(256).optional(),
  dataset: z.string().max(1024).optional(),
  since: askedTimeSchema.optional(),
  until: askedTimeSchema.optional(),
  /** Lanes whose hidden jobs come first, and lanes below which nothing is wanted. */
  open: laneList.optional(),
  closed: laneList.optional(),
});
export type GetLineageQuery = z.infer<typeof getLineageQuerySchema>;

/** Why a checkpoint is a node of its own; every other one is a tick. */
export const MARK_ROLES = ['end', 'best', 'branch', 'evaluated', 'pinned', 'focus'] as const;
export type MarkRole = (typeof MARK_ROLES)[number];

const packageRefSchema = z.object({ group: z.string(), version: z.number().int() });

/** A step of a job whose checkpoints stand out, with the twins it left. */
export const lineageMarkSchema = z.object({
  step: z.number().int(),
  creationTime: isoTimeSchema,
  roles: z.array(z.enum(MARK_ROLES)),
  resumable: packageRefSchema.optional(),
  model: packageRefSchema.optional(),
  /** Not described yet, so of neither kind. */
  unknown: packageRefSchema.optional(),
  /** Best score an evaluation of it gave. */
  score: z.number().optional(),
});
export type LineageMark = z.infer<typeof lineageMarkSchema>;

/**
 * The other checkpoints, counted by range: bucket i holds steps `from + i * size` to `from + (i + 1) * size - 1`.
 * `endMs` is when the last of each was written, in milliseconds after the job's creation.
 */
export const lineageTicksSchema = z.object({
  from: z.number().int(),
  size: z.number().int(),
  counts: z.array(z.number().int()),
  endMs: z.array(z.number().int()),
});

/** Why a lane that names an input package hangs on no other lane. */
export const PARENT_PROBLEMS = ['unseen', 'unattributed', 'foreign', 'loop', 'hidden'] as const;
export type ParentProblem = (typeof PARENT_PROBLEMS)[number];

/** How a lane begins. `lane` is the parent's id where that lane is in the answer. */
export const lineageEdgeSchema = z.object({
  kind: lineageKindSchema,
  packageArn: z.string(),
  group: z.string().optional(),
  version: z.number().int().optional(),
  step: z.number().int().optional(),
  lane: laneIdSchema.optional(),
  problem: z.enum(PARENT_PROBLEMS).optional(),
  /** With `hidden`: how many jobs stand between the root and this lane without being shown. */
  hiddenJobs: z.number().int().optional(),
  /** The clocks disagree: the job was created before its checkpoint was. */
  skewed: z.boolean().optional(),
});
export type LineageEdge = z.infer<typeof lineageEdgeSchema>;

/** One job as a lane. */
export const lineageLaneSchema = z.object({
  id: laneIdSchema,
  jobCategory: jobCategorySchema,
  jobName: z.string(),
  jobStatus: z.string(),
  secondaryStatus: z.string(),
  creationTime: isoTimeSchema,
  endTime: isoTimeSchema.optional(),
  deletedAt: isoTimeSchema.optional(),
  baseModel: z.string().optional(),
  dataset: z.string().optional(),
  parent: lineageEdgeSchema.optional(),
  /** Steps trained before it on the way from the root: where its first step stands on the axis of steps. */
  stepOffset: z.number().int(),
  /** The job counts its steps from here: the parent's step after a resume, else 0. */
  firstStep: z.number().int(),
  /** The last step known, and the last one planned. */
  lastStep: z.number().int().optional(),
  plannedStep: z.number().int().optional(),
  checkpoints: z.object({ resumable: z.number().int(), model: z.number().int() }),
  marks: z.array(lineageMarkSchema),
  ticks: lineageTicksSchema.optional(),
  /** Mean reward over the job, for the line along the lane; and its best validation, or what an evaluation gave. */
  spark: z.array(z.number().nullable()).optional(),
  score: z.object({ value: z.number(), step: z.number().int().optional() }).optional(),
  /** On the way that led to today's best. */
  best: z.boolean().optional(),
  /** It does not match the filters and is here as part of the way to one that does. */
  context: z.boolean().optional(),
  /** Jobs below it that are not in the answer. `closed`: because the viewer shut them. */
  hidden: z.object({ jobs: z.number().int(), live: z.number().int(), closed: z.boolean() }).optional(),
  hasChildren: z.boolean(),
});
export type LineageLane = z.infer<typeof lineageLaneSchema>;

const facetSchema = z.array(z.object({ value: z.string(), count: z.number().int() }));

export const getLineageResponseSchema = clockSchema.extend({
  /** Parents before children, otherwise oldest first. */
  lanes: z.array(lineageLaneSchema),
  totals: z.object({
    /** Jobs of the region, those that match, and the lineages they make. */
    jobs: z.number().int(),
    matching: z.number().int(),
    lineages: z.number().int(),
    checkpoints: z.number().int(),
    /** Packages that no job could be found for. */
    unattributed: z.number().int(),
  }),
  /** Whole lineages left out because the answer was full, and when the newest of them was last added to. */
  older: z.object({ jobs: z.number().int(), lineages: z.number().int(), until: isoTimeSchema }).optional(),
  /** Today's best and by what it is measured. */
  best: z
    .object({
      lane: laneIdSchema,
      step: z.number().int().optional(),
      value: z.number(),
      by: z.enum(['validation', 'evaluation']),
    })
    .optional(),
  /** What the focus is: absent when nothing is asked for. */
  focus: z.object({ found: z.boolean(), lane: laneIdSchema.optional(), step: z.number().int().optional() }).optional(),
  facets: z.object({ jobStatus: facetSchema, baseModel: facetSchema, dataset: facetSchema }),
});
export type GetLineageResponse = z.infer<typeof getLineageResponseSchema>;
