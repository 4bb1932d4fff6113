import type { JobRef } from './jobs';
import type { JobCategory } from './names';

const segment = encodeURIComponent;

/** The parts of a job page behind its overview. */
export type JobTab = 'metrics' | 'checkpoints' | 'rollouts' | 'logs' | 'config' | 'events';

/** The last part of `compare?jobs=`: the name alone for a training job. */
const comparedName = ({ jobCategory, jobName }: JobRef) =>
  jobCategory === 'AgentRFT' ? jobName : `${jobCategory}/${jobName}`;

/** Addresses of pages. They are shared between people, so they are a contract: add, never change. */
export const pagePaths = {
  jobs: (region: string) => `/${segment(region)}/jobs`,
  job: (region: string, category: JobCategory | string, name: string, tab?: JobTab) =>
    `/${segment(region)}/jobs/${segment(category)}/${segment(name)}${tab ? `/${tab}` : ''}`,
  resume: (region: string, group: string, version: number) =>
    `/${segment(region)}/new?resume=${segment(`${group}/${version}`)}`,
  iterate: (region: string, group: string, version: number) =>
    `/${segment(region)}/new?iterate=${segment(`${group}/${version}`)}`,
  evaluate: (region: string, group: string, version: number) =>
    `/${segment(region)}/new?evaluate=${segment(`${group}/${version}`)}`,
  evaluateBase: (region: string, jobName: string) => `/${segment(region)}/new?evaluate=${segment(`base:${jobName}`)}`,
  checkpoint: (region: string, group: string, version: number) =>
    `/${segment(region)}/checkpoints/${segment(group)}/${version}`,
  lineage: (region: string) => `/${segment(region)}/lineage`,
  lineageOfJob: (region: string, { jobCategory, jobName }: JobRef) =>
    `/${segment(region)}/lineage?focus=${segment(`job:${jobCategory}/${jobName}`)}`,
  lineageOfPackage: (region: string, group: string, version: number) =>
    `/${segment(region)}/lineage?focus=${segment(`package:${group}/${version}`)}`,
  compare: (region: string, jobs: JobRef[]) =>
    `/${segment(region)}/compare?jobs=${jobs.map((job) => segment(comparedName(job))).join(',')}`,
} as const;

/** The parts of a job that the API answers by themselves. */
export type JobPart =
  | 'checkpoints'
  | 'logs'
  | 'stop'
  | 'metrics'
  | 'metrics/branch'
  | 'rollouts'
  | 'events'
  | 'story'
  | 'diagnosis';

/** Addresses of the API. */
export const apiPaths = {
  health: () => '/api/health',
  events: () => '/api/events',
  jobs: (region: string) => `/api/${segment(region)}/jobs`,
  plan: (region: string) => `/api/${segment(region)}/jobs/plan`,
  job: (region: string, category: string, name: string) =>
    `/api/${segment(region)}/jobs/${segment(category)}/${segment(name)}`,
  jobPart: (region: string, category: string, name: string, part: JobPart) =>
    `/api/${segment(region)}/jobs/${segment(category)}/${segment(name)}/${part}`,
  checkpoint: (region: string, group: string, version: number) =>
    `/api/${segment(region)}/checkpoints/${segment(group)}/${version}`,
  checkpointPart: (region: string, group: string, version: number, part: 'approval' | 'pin' | 'notes') =>
    `/api/${segment(region)}/checkpoints/${segment(group)}/${version}/${part}`,
  compare: (region: string) => `/api/${segment(region)}/compare`,
  lineage: (region: string) => `/api/${segment(region)}/lineage`,
  actions: (region: string) => `/api/${segment(region)}/actions`,
} as const;
