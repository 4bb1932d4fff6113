import { findBaseModel } from '../data/base-models';
import { ACCOUNT_ID, packageArn } from '../world/arns';
import { buildLife, lifeOf } from '../world/life';
import { lastCheckpointStep, type PackageKind } from '../world/package-group';
import { planJob, quirksOf } from '../world/plan-job';
import type { Ending, Job, JobCategory, JsonObject, Outage, Overrides, ParentLink, Quirks, Tag } from '../world/types';
import type { RegionWorld, World } from '../world/world';
import { buildDocument, type DocumentWish } from './build-document';

export interface JobWish
  extends Pick<
    DocumentWish,
    'hyperparameters' | 'dataset' | 'agent' | 'mlflowPlacement' | 'mlflowArn' | 'maxRuntimeSeconds'
  > {
  name: string;
  createdAt: number;
  baseModel?: string;
  project?: string;
  /** Output and intermediate group, made when missing. A resumed job takes its parent's. */
  groups?: readonly [output: string, intermediate: string];
  from?: { job: Job; step: number; kind: 'resume' | 'iterate' | 'promoted' };
  ending?: Ending;
  outages?: readonly Outage[];
  pendingMs?: number;
  quirks?: Partial<Quirks>;
  overrides?: Overrides;
  /** The document as it is, in place of a built one. */
  document?: JsonObject;
  schemaVersion?: string;
  tags?: Record<string, string>;
}

export type EvaluationWish = Omit<JobWish, 'from' | 'groups'> & { of?: { job: Job; step: number } };

const DEFAULT_BASE_MODEL = 'openai-reasoning-gpt-oss-20b';
const ROLE_ARN = `arn:aws:iam::${ACCOUNT_ID}:role/ExampleMtrlExecutionRole`;
const DAY_MS = 86_400_000;

/** A wish to start from a checkpoint that did not exist when the job was created. */
export class MissingCheckpointError extends Error {}

/**
 * Writes jobs into a region's past without the rules and quotas of CreateJob. Add them oldest first: a job that starts
 * from a checkpoint needs the versions of everything before it to be settled.
 */
export class AccountBuilder {
  readonly region: RegionWorld;

  constructor(
    private readonly world: World,
    regionName: string,
    private readonly now: number,
  ) {
    this.region = world.region(regionName);
  }

  /** Makes a group unless it is there. */
  group(name: string, createdAt: number, options: { restricted?: boolean; description?: string } = {}): void {
    if (!this.region.groups.has(name)) this.region.addGroup(name, createdAt, options);
  }

  /** A training job. Throws when its parent never made the checkpoint it starts from. */
  train(wish: JobWish): Job {
    const draft = this.draftTraining(wish);
    for (const name of [draft.outputGroup, draft.intermediateGroup]) {
      const restricted = findBaseModel(draft.baseModel)?.restricted ?? false;
      this.group(name, Math.min(wish.createdAt - 60_000, this.now - DAY_MS), { restricted });
    }
    // Only what lies before the job itself may be settled yet: older jobs may still be added behind it.
    return this.region.addJob(draft, wish.createdAt);
  }

  /** An evaluation of a model checkpoint, or of the base model when `of` is absent. */
  evaluate(wish: EvaluationWish): Job {
    return this.region.addJob(this.draftEvaluation(wish), wish.createdAt);
  }

  /** How long a job would take from its creation to its end, in milliseconds, give or take a step's jitter. */
  durationMs(wish: JobWish | EvaluationWish, category: JobCategory): number {
    const draft = category === 'AgentRFT' ? this.draftTraining(wish) : this.draftEvaluation(wish);
    const job: Job = { ...draft, index: -1, key: 1, region: this.region.name, tags: [] };
    return buildLife(job).endTime - wish.createdAt;
  }

  /** The last step a job has a resumable checkpoint of. Throws when it has none. */
  lastCheckpoint(job: Job): number {
    const step = lastCheckpointStep(job, lifeOf(job).endTime, 'resumable');
    if (step === undefined) throw new MissingCheckpointError(`job ${job.name} has no checkpoint`);
    return step;
  }

  private draftTraining(wish: JobWish) {
    const parent = wish.from && this.linkTo(wish.from, wish.createdAt);
    const baseModel = wish.baseModel ?? wish.from?.job.baseModel ?? DEFAULT_BASE_MODEL;
    const [outputGroup, intermediateGroup] = wish.groups ??
      inheritedGroups(wish.from?.job) ?? [`${baseModel}-mtrl-mpg`, `${baseModel}-mtrl-checkpoint-mpg`];
    const arn = parent && packageArn(this.region.name, parent.group, parent.version);
    const document: JsonObject =
      parent?.kind === 'resume' && wish.from
        ? resumeDocument(wish.from.job.document, arn ?? '')
        : buildDocument({
            ...wish,
            region: this.region.name,
            category: 'AgentRFT',
            baseModel,
            project: wish.project ?? projectOf(wish.name),
            runName: wish.name,
            outputGroup,
            intermediateGroup,
            inputPackageArn: arn,
          });
    return { ...this.draft(wish, 'AgentRFT', baseModel, document, parent), outputGroup, intermediateGroup };
  }

  private draftEvaluation(wish: EvaluationWish) {
    const parent = wish.of && this.linkTo({ ...wish.of, kind: 'evaluate' }, wish.createdAt);
    const baseModel = wish.baseModel ?? wish.of?.job.baseModel ?? DEFAULT_BASE_MODEL;
    const document = buildDocument({
      ...wish,
      region: this.region.name,
      category: 'AgentRFTEvaluation',
      baseModel,
      project: wish.project ?? projectOf(wish.name),
      runName: parent ? 'fine-tuned-model-eval' : 'base-model-eval',
      inputPackageArn: parent && packageArn(this.region.name, parent.group, parent.version),
    });
    return this.draft(wish, 'AgentRFTEvaluation', baseModel, document, parent);
  }

  private draft(
    wish: JobWish | EvaluationWish,
    category: JobCategory,
    baseModel: string,
    document: JsonObject,
    parent: ParentLink | undefined,
  ) {
    const { seed } = this.world;
    const identity = { seed, region: this.region.name, category, name: wish.name, baseModel };
    const { ending, outages, pendingMs } = wish;
    return {
      category,
      name: wish.name,
      createdAt: wish.createdAt,
      roleArn: ROLE_ARN,
      schemaVersion: wish.schemaVersion ?? '1.0.0',
      document: wish.document ?? document,
      baseModel,
      plan: planJob({ ...identity, document: wish.document ?? document, parent, ending, outages, pendingMs }),
      quirks: { ...quirksOf(seed, this.region.name, category, wish.name, baseModel), ...wish.quirks },
      tags: toTags(wish.tags),
      ...(parent && { parent }),
      ...(wish.overrides && { overrides: wish.overrides }),
    };
  }

  private linkTo(
    from: { job: Job; step: number; kind: 'resume' | 'iterate' | 'promoted' | 'evaluate' },
    at: number,
  ): ParentLink {
    const packageKind: PackageKind =
      from.kind === 'resume' ? 'resumable' : from.kind === 'promoted' ? 'promoted' : 'model';
    const group = packageKind === 'resumable' ? from.job.intermediateGroup : from.job.outputGroup;
    const version = this.region.groups.get(group ?? '')?.findVersion(from.job, from.step, packageKind, at);
    if (group === undefined || version === undefined) {
      throw new MissingCheckpointError(
        `job ${from.job.name} has no ${packageKind} checkpoint of step ${from.step} by then`,
      );
    }
    const kind = from.kind === 'promoted' ? 'iterate' : from.kind;
    return { kind, group, version, step: from.step, job: from.job };
  }
}

function inheritedGroups(parent: Job | undefined): readonly [string, string] | undefined {
  if (parent?.outputGroup === undefined || parent.intermediateGroup === undefined) return undefined;
  return [parent.outputGroup, parent.intermediateGroup];
}

/** The parent's document with only the input package changed: what a resume must look like. */
function resumeDocument(parent: JsonObject, inputPackageArn: string): JsonObject {
  const packages = parent.ModelPackageConfig as JsonObject | undefined;
  return { ...parent, ModelPackageConfig: { ...packages, InputModelPackageArn: inputPackageArn } };
}

/** `support-desk-gpt-oss-20b-0412` belongs to project `support-desk`. */
function projectOf(name: string): string {
  return name.split('-').slice(0, 2).join('-');
}

export function toTags(tags: Record<string, string> | undefined): Tag[] {
  return Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
}
