import { ACCOUNT_ID, packageArn } from '../world/arns';
import type { PackageKind } from '../world/package-group';
import { planJob, quirksOf } from '../world/plan-job';
import type { Ending, Job, JsonObject, Outage, Overrides, ParentLink, Quirks, Tag } from '../world/types';
import type { RegionWorld, World } from '../world/world';
import { buildDocument, type DocumentWish } from './build-document';

export interface JobWish
  extends Pick<DocumentWish, 'hyperparameters' | 'dataset' | 'agent' | 'mlflowPlacement' | 'maxRuntimeSeconds'> {
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
  tags?: Record<string, string>;
}

const ROLE_ARN = `arn:aws:iam::${ACCOUNT_ID}:role/ExampleMtrlExecutionRole`;
const DAY_MS = 86_400_000;

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
    const parent = wish.from && this.linkTo(wish.from, wish.createdAt);
    const baseModel = wish.baseModel ?? wish.from?.job.baseModel ?? 'openai-reasoning-gpt-oss-20b';
    const groups = wish.groups ??
      inheritedGroups(wish.from?.job) ?? [`${baseModel}-mtrl-mpg`, `${baseModel}-mtrl-checkpoint-mpg`];
    const [outputGroup, intermediateGroup] = groups;
    const restricted = baseModel.startsWith('nova-');
    for (const name of groups) this.group(name, Math.min(wish.createdAt - 60_000, this.now - DAY_MS), { restricted });
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
    return this.add({ wish, category: 'AgentRFT', baseModel, document, parent, outputGroup, intermediateGroup });
  }

  /** An evaluation of a model checkpoint, or of the base model when `of` is absent. */
  evaluate(wish: Omit<JobWish, 'from' | 'groups'> & { of?: { job: Job; step: number } }): Job {
    const parent = wish.of && this.linkTo({ ...wish.of, kind: 'evaluate' }, wish.createdAt);
    const baseModel = wish.baseModel ?? wish.of?.job.baseModel ?? 'openai-reasoning-gpt-oss-20b';
    const document = buildDocument({
      ...wish,
      region: this.region.name,
      category: 'AgentRFTEvaluation',
      baseModel,
      project: wish.project ?? projectOf(wish.name),
      runName: parent ? 'fine-tuned-model-eval' : 'base-model-eval',
      inputPackageArn: parent && packageArn(this.region.name, parent.group, parent.version),
    });
    return this.add({ wish, category: 'AgentRFTEvaluation', baseModel, document, parent });
  }

  private add(made: {
    wish: JobWish | Omit<JobWish, 'from' | 'groups'>;
    category: Job['category'];
    baseModel: string;
    document: JsonObject;
    parent: ParentLink | undefined;
    outputGroup?: string;
    intermediateGroup?: string;
  }): Job {
    const { wish, category, baseModel, document, parent, outputGroup, intermediateGroup } = made;
    const { seed } = this.world;
    const identity = { seed, region: this.region.name, category, name: wish.name, baseModel };
    return this.region.addJob(
      {
        category,
        name: wish.name,
        createdAt: wish.createdAt,
        roleArn: ROLE_ARN,
        schemaVersion: '1.0.0',
        document,
        baseModel,
        plan: planJob({
          ...identity,
          document,
          parent,
          ending: wish.ending,
          outages: wish.outages,
          pendingMs: wish.pendingMs,
        }),
        quirks: { ...quirksOf(seed, this.region.name, category, wish.name, baseModel), ...wish.quirks },
        tags: toTags(wish.tags),
        ...(parent && { parent }),
        ...(outputGroup !== undefined && { outputGroup }),
        ...(intermediateGroup !== undefined && { intermediateGroup }),
        ...(wish.overrides && { overrides: wish.overrides }),
      },
      // Only what lies before the job itself may be settled yet: older jobs may still be added behind it.
      wish.createdAt,
    );
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
      throw new Error(`job ${from.job.name} has no ${packageKind} checkpoint of step ${from.step} by then`);
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
