import { z } from 'zod';
import { checkpointSchema } from './checkpoints';
import { jobRefSchema, tokensSchema } from './jobs';
import { groupNameSchema, jobCategorySchema, jobNameSchema, packageVersionSchema } from './names';

const tagSchema = z.object({ key: z.string().min(1).max(128), value: z.string().max(256) });

/** The body of `POST /api/{region}/jobs/plan`: what to make, from which checkpoint. Resume may change nothing but name and tags. */
export const planRequestSchema = z.strictObject({
  action: z.literal('resume'),
  from: z.strictObject({ group: groupNameSchema, version: packageVersionSchema }),
  /** Left out: Cairn proposes one, the same for everybody who asks at the same time. */
  jobName: jobNameSchema.optional(),
  tags: z.array(tagSchema).max(50).optional(),
});
export type PlanRequest = z.infer<typeof planRequestSchema>;

/** One thing looked at before money is spent. `unknown`: it could not be checked; `detail` says why. */
export const checkSchema = z.object({
  id: z.string(),
  state: z.enum(['pass', 'warn', 'fail', 'unknown']),
  title: z.string(),
  detail: z.string(),
  hint: z.string().optional(),
});
export type Check = z.infer<typeof checkSchema>;

export const diffEntrySchema = z.object({
  /** Dotted path into the request, `JobConfigDocument` opened: `JobConfigDocument.ModelPackageConfig.InputModelPackageArn`. */
  path: z.string(),
  kind: z.enum(['added', 'removed', 'changed']),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
export type DiffEntry = z.infer<typeof diffEntrySchema>;

export const createRequestSchema = z.strictObject({
  ...planRequestSchema.shape,
  planToken: z.string().min(1).max(512),
});
export type CreateRequest = z.infer<typeof createRequestSchema>;

/** The finished request, exactly as it will be sent, and everything a person should see before it is. */
export const planResponseSchema = z.object({
  planToken: z.string(),
  action: z.literal('resume'),
  jobName: z.string(),
  jobCategory: jobCategorySchema,
  source: checkpointSchema,
  parent: jobRefSchema,
  /** CreateJob's input, names as AWS spells them; JobConfigDocument is the JSON text that is sent. */
  request: z.object({
    JobName: z.string(),
    RoleArn: z.string(),
    JobCategory: z.string(),
    JobConfigSchemaVersion: z.string(),
    JobConfigDocument: z.string(),
    Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).optional(),
  }),
  /** Against the parent's own request, ServiceOutput left out of both. */
  diff: z.array(diffEntrySchema),
  /** What resume keeps as it was, and why. */
  locked: z.array(z.object({ path: z.string(), label: z.string(), value: z.string(), reason: z.string() })),
  checks: z.array(checkSchema),
  canCreate: z.boolean(),
  /** First step the new job trains, and how many are left to the parent's total. */
  firstStep: z.number().int().optional(),
  stepsLeft: z.number().int().optional(),
  /** Steps the parent had trained beyond this checkpoint, which the new job trains again. */
  stepsRedone: z.number().int().optional(),
  /** What the steps left may come to at the parent's own rate; absent when that is not known. */
  tokenEstimate: tokensSchema.optional(),
  cli: z.string(),
  python: z.string(),
});
export type PlanResponse = z.infer<typeof planResponseSchema>;

/** `created: false`: the very same plan had been carried out before (second click, second tab, lost answer); one job exists. */
export const createResponseSchema = jobRefSchema.extend({ jobArn: z.string(), created: z.boolean() });
export type CreateResponse = z.infer<typeof createResponseSchema>;

export const stopResponseSchema = jobRefSchema.extend({ jobStatus: z.string(), alreadyFinal: z.boolean() });
export type StopResponse = z.infer<typeof stopResponseSchema>;

export const deleteResponseSchema = jobRefSchema.extend({ deleted: z.literal(true) });
export type DeleteResponse = z.infer<typeof deleteResponseSchema>;
