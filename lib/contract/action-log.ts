import { z } from 'zod';
import { clockSchema, jobRefSchema } from './jobs';
import { groupNameSchema, isoTimeSchema, jobCategorySchema, jobNameSchema, packageVersionSchema } from './names';

/** Everything Cairn can change: jobs, and checkpoints (packages). */
export const ACTION_NAMES = ['create', 'stop', 'delete', 'approve', 'reject', 'delete-checkpoint', 'prune'] as const;
export type ActionName = (typeof ACTION_NAMES)[number];

const packageRefSchema = z.object({ group: z.string(), version: z.number().int() });
export type PackageRef = z.infer<typeof packageRefSchema>;

/** One entry of the ledger: who did what to which job or checkpoint, when, and what AWS answered. */
export const loggedActionSchema = z.object({
  id: z.number().int(),
  action: z.enum(ACTION_NAMES),
  job: jobRefSchema.optional(),
  checkpoint: packageRefSchema.optional(),
  /** ARN of the AWS credentials it was done with: Cairn has no sign-in of its own. Absent in entries of older versions. */
  who: z.string().optional(),
  /** What was asked for: `{action: "iterate", from: "group/7"}` of a plan, `{description: …}` of an approval. */
  detail: z.record(z.string(), z.unknown()).optional(),
  /** started: under way, or the answer was lost. */
  state: z.enum(['started', 'done', 'failed']),
  /** What AWS answered, in words or an ARN; absent while there is no answer. */
  answer: z.string().optional(),
  startTime: isoTimeSchema,
  endTime: isoTimeSchema.optional(),
});
export type LoggedAction = z.infer<typeof loggedActionSchema>;

/** `GET /api/{region}/actions`: of one job, of one checkpoint, or of all; newest first. */
export const listActionsQuerySchema = z
  .object({
    category: jobCategorySchema.optional(),
    name: jobNameSchema.optional(),
    group: groupNameSchema.optional(),
    version: packageVersionSchema.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(1024).optional(),
  })
  .refine(({ category, name }) => (category === undefined) === (name === undefined), {
    error: 'category and name go together',
    path: ['name'],
  })
  .refine(({ group, version }) => (group === undefined) === (version === undefined), {
    error: 'group and version go together',
    path: ['version'],
  });
export type ListActionsQuery = z.infer<typeof listActionsQuerySchema>;

export const listActionsResponseSchema = clockSchema.extend({
  actions: z.array(loggedActionSchema),
  nextCursor: z.string().optional(),
});
export type ListActionsResponse = z.infer<typeof listActionsResponseSchema>;
