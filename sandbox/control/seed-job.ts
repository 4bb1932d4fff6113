import { parseDuration } from '../duration';
import type { Sandbox } from '../sandbox';
import { AccountBuilder, MissingCheckpointError } from '../scenarios/account-builder';
import { jobArn } from '../world/arns';
import { lastStepOf } from '../world/plan-job';
import { type Ending, FAILURE_STORIES, type Job, type JobCategory, type JsonObject, type Quirks } from '../world/types';
import {
  ControlError,
  optionalChoice,
  optionalNumber,
  optionalObject,
  optionalText,
  optionalTexts,
  refuseUnknown,
} from './control-input';

const OUTCOMES = ['completed', 'failed', 'stopped', 'max-runtime', 'running'] as const;
const KNOWN = [
  'name',
  'category',
  'region',
  'outcome',
  'startedAgo',
  'steps',
  'failAtStep',
  'failureReason',
  'failureStory',
  'from',
  'groups',
  'baseModel',
  'hyperparameters',
  'tags',
  'quirks',
];

/**
 * `POST /_sandbox/jobs`: adds one job past the rules and the quota. It began `startedAgo`; without that, a running job
 * begins now and any other began just long enough ago to be over.
 */
export function seedJob(sandbox: Sandbox, input: Record<string, unknown>): { jobArn: string } {
  refuseUnknown(input, KNOWN);
  const name = optionalText(input, 'name');
  if (name === undefined || !/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/.test(name))
    throw new ControlError('name is not a job name');
  const category: JobCategory = optionalChoice(input, 'category', ['AgentRFT', 'AgentRFTEvaluation']) ?? 'AgentRFT';
  const now = sandbox.clock.now();
  const builder = new AccountBuilder(sandbox.world, optionalText(input, 'region') ?? 'us-west-2', now);
  if (builder.region.findJob(category, name, now)) throw new ControlError(`job ${category}/${name} is there already`);

  builder.region.settleAll(now);

  const baseModel = optionalText(input, 'baseModel');
  const tags = optionalTexts(input, 'tags');
  const quirks = readQuirks(input);
  const steps = optionalNumber(input, 'steps');
  const sent = (optionalObject(input, 'hyperparameters') ?? {}) as JsonObject;
  const hyperparameters = { global_batch_size: 32, ...sent, ...(steps !== undefined && { max_steps: steps }) };
  const shared = {
    name,
    createdAt: now,
    ...(baseModel && { baseModel }),
    ...(tags && { tags }),
    ...(quirks && { quirks }),
  };
  const from = readFrom(builder, input, now);
  const evaluation = category === 'AgentRFTEvaluation';
  const resumed = from?.kind === 'resume' ? from.job.document : undefined;
  const document = resumed ?? { TrainingConfig: { HyperParameters: hyperparameters } };
  const lastStep = lastStepOf(document, baseModel ?? from?.job.baseModel ?? 'openai-reasoning-gpt-oss-20b');
  const groups = readGroups(input);
  const wish = {
    ...shared,
    hyperparameters: evaluation ? sent : hyperparameters,
    ending: endingOf(input, lastStep),
    ...(groups && { groups }),
    ...(from && (evaluation ? { of: from } : { from })),
  };
  try {
    const takesMs = () => (input.outcome === 'running' ? 0 : builder.durationMs(wish, category) + OVER_MS);
    const createdAt = now - (readAgo(input) ?? takesMs());
    const job = evaluation ? builder.evaluate({ ...wish, createdAt }) : builder.train({ ...wish, createdAt });
    return { jobArn: jobArn(job.region, job.category, job.name) };
  } catch (error) {
    if (error instanceof MissingCheckpointError) throw new ControlError(error.message);
    throw error;
  }
}

/** A job seeded as over has been over for about this long; more than a step's jitter. */
const OVER_MS = 180_000;

function readAgo(input: Record<string, unknown>): number | undefined {
  if (input.startedAgo === undefined) return undefined;
  const agoMs = parseDuration(input.startedAgo);
  if (agoMs === undefined) throw new ControlError('startedAgo must be a duration such as 3h');
  return agoMs;
}

function readGroups(input: Record<string, unknown>): readonly [output: string, intermediate: string] | undefined {
  const groups = optionalTexts(input, 'groups');
  if (!groups) return undefined;
  refuseUnknown(groups, ['output', 'intermediate']);
  const { output, intermediate } = groups;
  if (output === undefined || intermediate === undefined || output === intermediate) {
    throw new ControlError('groups needs output and intermediate, two different names');
  }
  return [output, intermediate];
}

function readQuirks(input: Record<string, unknown>): Partial<Quirks> | undefined {
  const quirks = optionalObject(input, 'quirks');
  if (!quirks) return undefined;
  refuseUnknown(quirks, ['progressForm', 'checkpointFields', 'packageEvidence', 'promotes']);
  const progressForm = optionalChoice(quirks, 'progressForm', ['epoch', 'step']);
  const checkpointFields = optionalChoice(quirks, 'checkpointFields', ['string', 'object', 'absent']);
  const packageEvidence = optionalChoice(quirks, 'packageEvidence', ['path', 'metadata', 'tags', 'none']);
  return {
    ...(progressForm && { progressForm }),
    ...(checkpointFields && { checkpointFields }),
    ...(packageEvidence && { packageEvidence }),
    ...(typeof quirks.promotes === 'boolean' && { promotes: quirks.promotes }),
  };
}

function readFrom(builder: AccountBuilder, input: Record<string, unknown>, now: number) {
  const from = optionalObject(input, 'from');
  if (!from) return undefined;
  refuseUnknown(from, ['job', 'step', 'kind']);
  const name = optionalText(from, 'job') ?? '';
  const job: Job | undefined = builder.region.findJob('AgentRFT', name, now);
  if (!job) throw new ControlError(`from.job ${name} is not a training job of this region`);
  const step = optionalNumber(from, 'step');
  if (step === undefined) throw new ControlError('from.step is missing');
  const kind = optionalChoice(from, 'kind', ['resume', 'iterate', 'evaluate']) ?? 'iterate';
  return { job, step, kind: kind === 'resume' ? ('resume' as const) : ('iterate' as const) };
}

function endingOf(input: Record<string, unknown>, lastStep: number): Ending {
  const outcome = optionalChoice(input, 'outcome', OUTCOMES) ?? 'completed';
  const afterStep = optionalNumber(input, 'failAtStep') ?? Math.max(1, Math.floor((lastStep * 2) / 3));
  const evaluation = input.category === 'AgentRFTEvaluation';
  if (outcome === 'failed') {
    return {
      kind: 'failed',
      during: evaluation ? 'Evaluating' : 'Training',
      afterStep,
      reason: optionalText(input, 'failureReason') ?? 'The agent signaled that the trajectory failed',
      story: optionalChoice(input, 'failureStory', FAILURE_STORIES) ?? 'trajectory-failed',
    };
  }
  if (outcome === 'stopped') return { kind: 'stopped', afterStep, fraction: 0.5 };
  if (outcome === 'max-runtime') return { kind: 'max-runtime', limitMs: 600_000 + afterStep * 150_000 };
  return { kind: 'completed' };
}
