import { z } from 'zod';
import { clockSchema, jobRefSchema, lineageKindSchema } from './jobs';
import { metricKeySchema, metricSourceSchema } from './metrics';
import { isoTimeSchema } from './names';

/** resumable: full state, resume only. model: LoRA adapter to deploy, evaluate, iterate. unknown: not described yet. */
export const CHECKPOINT_KINDS = ['resumable', 'model', 'unknown'] as const;
export const checkpointKindSchema = z.enum(CHECKPOINT_KINDS);
export type CheckpointKind = z.infer<typeof checkpointKindSchema>;

/**
 * How Cairn knows which job made a package, strongest first: the job names it, the package names the job
 * (GeneratedBy, customer metadata, tags), its S3 path holds the job's name, or only one job of the group ran then.
 */
export const EVIDENCE_KINDS = ['job', 'package', 'path', 'time'] as const;
export const evidenceKindSchema = z.enum(EVIDENCE_KINDS);
export type EvidenceKind = z.infer<typeof evidenceKindSchema>;

/** How Cairn knows the step. `counted`: the n-th checkpoint of its job; the weakest, and always said. */
export const STEP_EVIDENCE_KINDS = ['package', 'path', 'counted'] as const;
export const stepEvidenceKindSchema = z.enum(STEP_EVIDENCE_KINDS);
export type StepEvidenceKind = z.infer<typeof stepEvidenceKindSchema>;

export const checkpointSchema = z.object({
  group: z.string(),
  version: z.number().int(),
  packageArn: z.string(),
  kind: checkpointKindSchema,
  /** ModelPackageStatus as AWS said it; `Deleted` of one that AWS does not have any more. */
  packageStatus: z.string(),
  approvalStatus: z.string().optional(),
  registrationType: z.string().optional(),
  creationTime: isoTimeSchema,
  step: z.number().int().optional(),
  stepEvidence: stepEvidenceKindSchema.optional(),
  job: jobRefSchema.optional(),
  evidence: z.object({ by: evidenceKindSchema, detail: z.string() }).optional(),
  s3Uri: z.string().optional(),
  baseModel: z.string().optional(),
  /** The other kind of the same job and step. */
  twin: z.object({ group: z.string(), version: z.number().int(), packageArn: z.string() }).optional(),
  /** The job's final or promoted package (ServiceOutput.OutputModelPackageArn). */
  isOutput: z.boolean(),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

export const listCheckpointsQuerySchema = z.object({
  kind: z.enum(['resumable', 'model']).optional(),
  /** Only steps from here, or up to here. */
  fromStep: z.coerce.number().int().min(0).max(2147483647).optional(),
  toStep: z.coerce.number().int().min(0).max(2147483647).optional(),
  /** `1`: with those that were deleted and that the catalog remembers. */
  deleted: z.enum(['0', '1']).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(1024).optional(),
});
export type ListCheckpointsQuery = z.infer<typeof listCheckpointsQuerySchema>;

/** Newest step first. */
export const listCheckpointsResponseSchema = clockSchema.extend({
  checkpoints: z.array(checkpointSchema),
  total: z.number().int(),
  nextCursor: z.string().optional(),
  /** How many more there were: packages that were deleted. Among `checkpoints` only when asked for. */
  deleted: z.number().int(),
  /** Whether the groups of this job were read to the end at least once. */
  complete: z.boolean(),
});
export type ListCheckpointsResponse = z.infer<typeof listCheckpointsResponseSchema>;

/** What somebody wrote about a checkpoint. `who`: ARN of the credentials, since Cairn has no sign-in of its own. */
export const noteSchema = z.object({ id: z.number().int(), text: z.string(), who: z.string(), time: isoTimeSchema });
export type Note = z.infer<typeof noteSchema>;

/** Body of `POST …/approval`: UpdateModelPackage's ModelApprovalStatus and ApprovalDescription. */
export const approvalRequestSchema = z.strictObject({
  status: z.enum(['Approved', 'Rejected']),
  description: z.string().trim().max(1024).optional(),
});
export type ApprovalRequest = z.infer<typeof approvalRequestSchema>;

export const approvalResponseSchema = z.object({ approvalStatus: z.string() });

/** Body of `POST …/pin`. */
export const pinRequestSchema = z.strictObject({ pinned: z.boolean() });
export const pinResponseSchema = z.object({ pinned: z.boolean() });

/** Body of `POST …/notes`: a new note, or the id of one to take away. */
export const noteRequestSchema = z.union([
  z.strictObject({ text: z.string().trim().min(1).max(4000) }),
  z.strictObject({ remove: z.number().int().min(1).max(2147483647) }),
]);
export type NoteRequest = z.infer<typeof noteRequestSchema>;
export const noteResponseSchema = z.object({ notes: z.array(noteSchema) });

export const getCheckpointResponseSchema = clockSchema.extend({
  checkpoint: checkpointSchema,
  /** Somebody wants it kept: no clean-up takes it. */
  pin: z.object({ who: z.string(), time: isoTimeSchema }).optional(),
  /** Oldest first. */
  notes: z.array(noteSchema),
  /** Every job that started from it, also those that have not ended, oldest first. */
  dependants: z.array(
    jobRefSchema.extend({
      kind: lineageKindSchema,
      jobStatus: z.string(),
      secondaryStatus: z.string(),
      creationTime: isoTimeSchema,
      /** What an evaluation of it gave, once that is known. */
      score: z.number().optional(),
    }),
  ),
});
export type GetCheckpointResponse = z.infer<typeof getCheckpointResponseSchema>;

/** `GET /api/{region}/checkpoints/{group}/{version}/training`: what the job that made it measured at its step. */
export const getCheckpointTrainingResponseSchema = clockSchema.extend({
  /** Why there is nothing to tell: no job, or no step, is known. Then the rest is absent. */
  unknown: z.enum(['job', 'step']).optional(),
  /** Of the job that made it; effective values: what the document does not write is the default that applies. */
  lora: z
    .object({
      rank: z.number().optional(),
      rankIsDefault: z.boolean().optional(),
      alpha: z.number().optional(),
      alphaIsDefault: z.boolean().optional(),
    })
    .optional(),
  source: metricSourceSchema.optional(),
  /**
   * One for each metric that is told of a checkpoint. `step`: where it was measured, which is the step of the checkpoint
   * or, for a validation, the last one before it. No `step`: not recorded. null: MLflow has a value that is no number.
   */
  metrics: z.array(
    z.object({ key: metricKeySchema, step: z.number().int().optional(), value: z.number().nullable().optional() }),
  ),
});
export type GetCheckpointTrainingResponse = z.infer<typeof getCheckpointTrainingResponseSchema>;
