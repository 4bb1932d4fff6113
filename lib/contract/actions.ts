import { z } from 'zod';
import { checkpointSchema } from './checkpoints';
import { jobRefSchema, tokensSchema } from './jobs';
import { groupNameSchema, jobCategorySchema, jobNameSchema, packageVersionSchema } from './names';

const tagSchema = z.object({ key: z.string().min(1).max(128), value: z.string().max(256) });

const packageAddressSchema = z.strictObject({ group: groupNameSchema, version: packageVersionSchema });

const choiceShape = {
  /** Left out: Cairn proposes one, the same for everybody who asks at the same time. */
  jobName: jobNameSchema.optional(),
  tags: z.array(tagSchema).max(50).optional(),
};

const textSchema = z.string().min(1).max(2048);

/** ARN of an IAM role, of any partition: what CreateJob takes as RoleArn (API model). */
export const roleArnSchema = z
  .string()
  .max(2048)
  .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, {
    error: 'must be the ARN of a role, such as arn:aws:iam::123456789012:role/name',
  });

/** What is to differ from the parent's document. A member left out stays as the parent has it. */
export const planChangesSchema = z.strictObject({
  /** By flat name; null takes the value out, so that the default of the model applies. */
  hyperparameters: z
    .record(
      z.string().min(1).max(128),
      z.union([z.number(), z.string().max(2048), z.array(z.number()).max(64), z.null()]),
    )
    .refine((values) => Object.keys(values).length <= 100, { error: 'has more than 100 values' })
    .optional(),
  /** Channel by channel: an S3 address or a data set ARN; null takes the channel out. */
  data: z.record(z.string().min(1).max(64), z.union([textSchema, z.null()])).optional(),
  /** ARN of an AgentCore runtime or of a Lambda function. */
  agent: textSchema.optional(),
  /** Endpoint of the AgentCore runtime. */
  agentQualifier: z.string().min(1).max(128).optional(),
  /** Names or ARNs of model package groups. */
  outputGroup: textSchema.optional(),
  intermediateGroup: textSchema.optional(),
  outputPath: textSchema.optional(),
  roleArn: textSchema.optional(),
});
export type PlanChanges = z.infer<typeof planChangesSchema>;

const editShape = {
  ...choiceShape,
  changes: planChangesSchema.optional(),
  /** The whole config document, written by hand, where there is no parent's to change. The checkpoint is put in by Cairn. */
  document: z.string().min(2).max(262_144).optional(),
  /** With `document`: the role the job runs under. Left out: the parent's, where one is known. */
  roleArn: roleArnSchema.optional(),
};

/** Resume may change nothing but name and tags. */
export const resumeRequestSchema = z.strictObject({
  action: z.literal('resume'),
  from: packageAddressSchema,
  ...choiceShape,
});
/** A new training job from a model checkpoint: anything but the base model may change. */
export const iterateRequestSchema = z.strictObject({
  action: z.literal('iterate'),
  from: packageAddressSchema,
  ...editShape,
});
/** An evaluation of a model checkpoint; with `template` instead, of the base model of that training job. */
export const evaluateRequestSchema = z.strictObject({
  action: z.literal('evaluate'),
  from: packageAddressSchema.optional(),
  template: z.strictObject({ jobName: jobNameSchema }).optional(),
  ...editShape,
});

/** The body of `POST /api/{region}/jobs/plan`: what to make, and from where. */
export const planRequestSchema = z.discriminatedUnion('action', [
  resumeRequestSchema,
  iterateRequestSchema,
  evaluateRequestSchema,
]);
export type PlanRequest = z.infer<typeof planRequestSchema>;
export type ResumeRequest = z.infer<typeof resumeRequestSchema>;
export type EditRequest = z.infer<typeof iterateRequestSchema> | z.infer<typeof evaluateRequestSchema>;

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
  /** The value on that side is not written: it is the default that applies. */
  beforeDefault: z.boolean().optional(),
  afterDefault: z.boolean().optional(),
});
export type DiffEntry = z.infer<typeof diffEntrySchema>;

const tokenShape = { planToken: z.string().min(1).max(512) };
export const createRequestSchema = z.discriminatedUnion('action', [
  resumeRequestSchema.extend(tokenShape),
  iterateRequestSchema.extend(tokenShape),
  evaluateRequestSchema.extend(tokenShape),
]);
export type CreateRequest = z.infer<typeof createRequestSchema>;

/** One hyperparameter as a form shows it: from the service's own schema where that could be read, else from Cairn's table. */
export const formFieldSchema = z.object({
  name: z.string(),
  title: z.string(),
  group: z.string(),
  type: z.enum(['integer', 'float', 'string', 'integers']),
  help: z.string().optional(),
  unit: z.string().optional(),
  choices: z.array(z.union([z.number(), z.string()])).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  minExclusive: z.boolean().optional(),
  /** What applies when it is not written, and who says so. */
  default: z.object({ value: z.unknown(), source: z.enum(['hub', 'docs', 'schema']) }).optional(),
  /** As written in the parent's document; absent when it is not. */
  parentValue: z.unknown().optional(),
  /** As written in this request. */
  value: z.unknown().optional(),
});
export type FormField = z.infer<typeof formFieldSchema>;

/** The other things a person may change, as they are in this request. */
export const planSettingsSchema = z.object({
  data: z.array(z.object({ channel: z.string(), source: z.string() })),
  agent: z.string().optional(),
  agentQualifier: z.string().optional(),
  outputGroup: z.string().optional(),
  intermediateGroup: z.string().optional(),
  outputPath: z.string().optional(),
  roleArn: z.string().optional(),
});
export type PlanSettings = z.infer<typeof planSettingsSchema>;

/** CreateJob's input, names as AWS spells them; JobConfigDocument is the JSON text that is sent. */
const jobRequestSchema = z.object({
  JobName: z.string(),
  RoleArn: z.string(),
  JobCategory: z.string(),
  JobConfigSchemaVersion: z.string(),
  JobConfigDocument: z.string(),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).optional(),
});

/** The finished request, exactly as it will be sent, and everything a person should see before it is. */
const planShape = {
  planToken: z.string(),
  jobName: z.string(),
  jobCategory: jobCategorySchema,
  request: jobRequestSchema,
  /** Against the parent's own request, ServiceOutput left out of both; hyperparameters in effective values. */
  diff: z.array(diffEntrySchema),
  /** What the action keeps as it was, and why. */
  locked: z.array(z.object({ path: z.string(), label: z.string(), value: z.string(), reason: z.string() })),
  checks: z.array(checkSchema),
  canCreate: z.boolean(),
  /** The same call for the AWS CLI, for boto3 and for the SageMaker Python SDK. */
  cli: z.string(),
  python: z.string(),
  sagemakerPython: z.string(),
};

export const resumePlanSchema = z.object({
  ...planShape,
  action: z.literal('resume'),
  source: checkpointSchema,
  parent: jobRefSchema,
  /** First step the new job trains, and how many are left to the parent's total. */
  firstStep: z.number().int().optional(),
  stepsLeft: z.number().int().optional(),
  /** Steps the parent had trained beyond this checkpoint, which the new job trains again. */
  stepsRedone: z.number().int().optional(),
  /** What those come to at the parent's own rate; absent when that is not known. */
  redoneTokens: tokensSchema.optional(),
  redoneSeconds: z.number().optional(),
  /** What the steps left may come to at the parent's own rate; absent when that is not known. */
  tokenEstimate: tokensSchema.optional(),
});
export type ResumePlan = z.infer<typeof resumePlanSchema>;

const editPlanShape = {
  ...planShape,
  /** The job whose document the request was made from; absent when nobody knows it and the document was written by hand. */
  parent: jobRefSchema.optional(),
  baseModel: z.string().optional(),
  form: z.array(formFieldSchema),
  settings: planSettingsSchema,
  parentSettings: planSettingsSchema.optional(),
  /** The request was made from a document written by hand. */
  byHand: z.boolean(),
};

export const iteratePlanSchema = z.object({
  ...editPlanShape,
  action: z.literal('iterate'),
  source: checkpointSchema,
});
export const evaluatePlanSchema = z.object({
  ...editPlanShape,
  action: z.literal('evaluate'),
  /** Absent: the base model is evaluated. */
  source: checkpointSchema.optional(),
});
export type EditPlan = z.infer<typeof iteratePlanSchema> | z.infer<typeof evaluatePlanSchema>;

export const planResponseSchema = z.discriminatedUnion('action', [
  resumePlanSchema,
  iteratePlanSchema,
  evaluatePlanSchema,
]);
export type PlanResponse = z.infer<typeof planResponseSchema>;

/** `created: false`: the very same plan had been carried out before (second click, second tab, lost answer); one job exists. */
export const createResponseSchema = jobRefSchema.extend({ jobArn: z.string(), created: z.boolean() });
export type CreateResponse = z.infer<typeof createResponseSchema>;

export const stopResponseSchema = jobRefSchema.extend({ jobStatus: z.string(), alreadyFinal: z.boolean() });
export type StopResponse = z.infer<typeof stopResponseSchema>;

export const deleteResponseSchema = jobRefSchema.extend({ deleted: z.literal(true) });
export type DeleteResponse = z.infer<typeof deleteResponseSchema>;
