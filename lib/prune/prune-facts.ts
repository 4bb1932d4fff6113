import type { JobRef } from '../contract/jobs';
import type { PackageColumns } from './package-columns';

/** A package by its address; group names are compared without case, as AWS does. */
export interface PackageAddress {
  group: string;
  version: number;
}

/** A job as far as a clean-up must know it. */
export interface PruneJob {
  id: number;
  ref: JobRef;
  createdMs: number;
  /** JobStatus as AWS said it. */
  status: string;
  /** It may still write and change. */
  live: boolean;
  /** AWS does not have it any more. */
  deleted: boolean;
  /** DescribeJob was asked. */
  described: boolean;
  /** Its document was understood so far that it is known what it started from, be it nothing. */
  inputKnown: boolean;
  input?: PackageAddress;
  /** ServiceOutput.OutputModelPackageArn. */
  output?: PackageAddress;
  /** The first job of its lineage. */
  root: number;
}

/** One metric of a job by step. `whole`: read to the end after the job had ended. */
export interface StepSeries {
  steps: readonly number[];
  values: readonly (number | null)[];
  whole: boolean;
}

export interface JobRewards {
  /** val/reward/mean */
  validation?: StepSeries;
  /** rollout/reward/mean */
  reward?: StepSeries;
}

/** Everything a verdict is made from. What is not in it is not known, and then nothing may go. */
export interface PruneFacts {
  packages: PackageColumns;
  /** Groups by id; `read`: from end to end at least once. */
  groups: ReadonlyMap<number, { name: string; read: boolean }>;
  jobs: ReadonlyMap<number, PruneJob>;
  /** What jobs are being created from right now, by the action log. */
  creating: readonly PackageAddress[];
  pinned: readonly PackageAddress[];
  noted: readonly PackageAddress[];
  /** Looked at only where the rules ask for the best. */
  rewards: ReadonlyMap<number, JobRewards>;
  /** Jobs and groups are not read to the end yet. */
  filling: boolean;
}
