import { z } from 'zod';
import { clockSchema, jobRefSchema } from './jobs';
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
  /** ModelPackageStatus as AWS said it. */
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
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(1024).optional(),
});
export type ListCheckpointsQuery = z.infer<typeof listCheckpointsQuerySchema>;

/** Newest step first. */
export const listCheckpointsResponseSchema = clockSchema.extend({
  checkpoints: z.array(checkpointSchema),
  total: z.number().int(),
  nextCursor: z.string().optional(),
  /** Whether the groups of this job were read to the end at least once. */
  complete: z.boolean(),
});
export type ListCheckpointsResponse = z.infer<typeof listCheckpointsResponseSchema>;

export const getCheckpointResponseSchema = clockSchema.extend({
  checkpoint: checkpointSchema,
  /** Jobs that started from it. */
  dependants: z.array(jobRefSchema.extend({ jobStatus: z.string(), creationTime: isoTimeSchema })),
});
export type GetCheckpointResponse = z.infer<typeof getCheckpointResponseSchema>;
