import { hashKey } from '../rng';
import type { AgentChange } from './agents';
import { isVisible, stateAt } from './job-state';
import { PackageGroup } from './package-group';
import type { SeededLog } from './seeded-log';
import type { Job, JobCategory, MlflowCondition, Tag } from './types';

/** Regions where the Job operations exist. Elsewhere the account has a model registry but no such jobs (AWS docs). */
export const JOB_REGIONS = ['us-east-1', 'us-west-2'] as const;

/** Everything but what adding a job to a region gives it. */
export type NewJob = Omit<Job, 'index' | 'key' | 'region' | 'tags'> & { tags?: Tag[] };

export interface Quota {
  training: number;
  evaluation: number;
}

/** One region of the account. */
export class RegionWorld {
  readonly jobs: Job[] = [];
  readonly groups = new Map<string, PackageGroup>();
  /** New versions of agents, oldest first. */
  readonly agentChanges: AgentChange[] = [];
  /** Log streams beyond those of jobs and agents. */
  readonly seededLogs: SeededLog[] = [];
  /** Seconds, of functions that do not have the default. */
  readonly functionTimeouts = new Map<string, number>();
  /** The log group that a trail with the data events of all jobs writes to; none where nobody switched them on. */
  trailLogGroup: string | undefined;
  /** Id of an event data store with the data events of all jobs of all regions; none where nobody made one. */
  eventDataStore: string | undefined;
  /** By ARN, of MLflow apps and tracking servers that are not simply open. */
  readonly mlflowConditions = new Map<string, MlflowCondition>();
  private readonly byName = new Map<string, Job>();
  private sortedByTime: Job[] | undefined;
  private sortedByName: Job[] | undefined;

  constructor(
    readonly name: string,
    private readonly seed: number,
  ) {}

  /** Adds a job; its groups must exist. What a job seeded into the past already made gets the next package versions. */
  addJob(wanted: NewJob, now: number): Job {
    const job: Job = {
      ...wanted,
      index: this.jobs.length,
      key: hashKey(this.seed, this.name, wanted.category, wanted.name, wanted.createdAt),
      region: this.name,
      tags: wanted.tags ?? [],
    };
    this.jobs.push(job);
    this.byName.set(`${job.category}/${job.name}`, job);
    this.sortedByTime = undefined;
    this.sortedByName = undefined;
    if (job.plan.kind === 'train') {
      if (job.intermediateGroup !== undefined) this.groups.get(job.intermediateGroup)?.addMaker(job, 'resumable', now);
      if (job.outputGroup !== undefined) this.groups.get(job.outputGroup)?.addMaker(job, 'model', now);
    }
    return job;
  }

  /** A job by name, while the service knows it. */
  findJob(category: string, name: string, t: number): Job | undefined {
    const job = this.byName.get(`${category}/${name}`);
    return job && isVisible(job, t) ? job : undefined;
  }

  addGroup(
    name: string,
    createdAt: number,
    options: { restricted?: boolean; description?: string; tags?: Tag[] } = {},
  ) {
    const group = new PackageGroup(
      this.name,
      name,
      createdAt,
      options.restricted ?? false,
      options.description,
      options.tags ?? [],
      this.jobs,
    );
    this.groups.set(name, group);
    return group;
  }

  /** All jobs ever, oldest first; ties by name. Callers filter by visibility. */
  jobsByTime(): readonly Job[] {
    this.sortedByTime ??= [...this.jobs].sort((a, b) => a.createdAt - b.createdAt || compareText(a.name, b.name));
    return this.sortedByTime;
  }

  jobsByName(): readonly Job[] {
    this.sortedByName ??= [...this.jobs].sort((a, b) => compareText(a.name, b.name));
    return this.sortedByName;
  }

  /** Settles every group's versions up to a time, so that jobs added behind it come after. */
  settleAll(t: number): void {
    for (const group of this.groups.values()) group.settle(t);
  }

  /** Jobs of a category that hold a place in the quota. */
  countLive(category: JobCategory, t: number): number {
    return this.jobs.filter((job) => job.category === category && isVisible(job, t) && !stateAt(job, t).final).length;
  }
}

/** The whole account: one store per region, made when first asked for. */
export class World {
  private readonly regions = new Map<string, RegionWorld>();

  constructor(readonly seed: number) {}

  region(name: string): RegionWorld {
    let region = this.regions.get(name);
    if (!region) {
      region = new RegionWorld(name, this.seed);
      this.regions.set(name, region);
    }
    return region;
  }

  regionNames(): string[] {
    return [...this.regions.keys()].sort();
  }
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
