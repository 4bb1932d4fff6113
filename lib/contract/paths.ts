import { formatLineAddress, lineMark } from '../logs/line-address';
import type { JobRef } from './jobs';
import type { LogSourceName } from './logs';
import type { JobCategory } from './names';

const segment = encodeURIComponent;

/** The parts of a job page behind its overview. */
export type JobTab = 'metrics' | 'checkpoints' | 'rollouts' | 'logs' | 'config' | 'events';

/** The last part of `compare?jobs=`: the name alone for a training job. */
const comparedName = ({ jobCategory, jobName }: JobRef) =>
  jobCategory === 'AgentRFT' ? jobName : `${jobCategory}/${jobName}`;

/** What of a log a link opens. Without anything: the job's own log, where a viewer would begin by itself. */
export interface LogTarget {
  /** The job's own log by default. */
  source?: LogSourceName;
  /** One line, highlighted; without `message` the first line at or after that time. */
  line?: { timestamp: string | Date; stream?: string; message?: string };
  /** The first error before the end. */
  firstError?: boolean;
  /** Its end, also where a viewer would begin at the first error. */
  end?: boolean;
  /** Words looked for. */
  q?: string;
  /** Only lines of this level and worse. */
  level?: 'error' | 'warn';
}

function logSearch({ source, line, firstError, end, q, level }: LogTarget): string {
  const search = new URLSearchParams();
  if (source && source !== 'job') search.set('source', source);
  if (q) search.set('q', q);
  if (level) search.set('level', level);
  if (firstError) search.set('open', 'first-error');
  else if (end) search.set('open', 'end');
  if (line) {
    const timestampMs = new Date(line.timestamp).getTime();
    const mark = line.message === undefined ? undefined : lineMark(line.message);
    search.set('line', formatLineAddress({ timestampMs, mark, stream: line.stream }));
  }
  return search.size > 0 ? `?${search}` : '';
}

/** Addresses of pages. They are shared between people, so they are a contract: add, never change. */
export const pagePaths = {
  jobs: (region: string) => `/${segment(region)}/jobs`,
  job: (region: string, category: JobCategory | string, name: string, tab?: JobTab) =>
    `/${segment(region)}/jobs/${segment(category)}/${segment(name)}${tab ? `/${tab}` : ''}`,
  /** The log of a job, of its agent or of a group somebody named, at a line where one is given. */
  logs: (region: string, { jobCategory, jobName }: JobRef, target: LogTarget = {}) =>
    `/${segment(region)}/jobs/${segment(jobCategory)}/${segment(jobName)}/logs${logSearch(target)}`,
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
  prune: (region: string, search = '') => `/${segment(region)}/prune${search ? `?${search}` : ''}`,
  pruneRun: (region: string, run: number) => `/${segment(region)}/prune/${run}`,
  compare: (region: string, jobs: JobRef[]) =>
    `/${segment(region)}/compare?jobs=${jobs.map((job) => segment(comparedName(job))).join(',')}`,
} as const;

/** The parts of a job that the API answers by themselves. */
export type JobPart =
  | 'checkpoints'
  | 'logs'
  | 'logs/first-error'
  | 'logs/sources'
  | 'logs/download'
  | 'stop'
  | 'metrics'
  | 'metrics/branch'
  | 'rollouts'
  | 'events'
  | 'story'
  | 'diagnosis'
  | 'trouble';

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
  checkpointPart: (region: string, group: string, version: number, part: 'approval' | 'pin' | 'notes' | 'training') =>
    `/api/${segment(region)}/checkpoints/${segment(group)}/${version}/${part}`,
  compare: (region: string) => `/api/${segment(region)}/compare`,
  lineage: (region: string) => `/api/${segment(region)}/lineage`,
  prune: (region: string) => `/api/${segment(region)}/prune`,
  pruneDownload: (region: string) => `/api/${segment(region)}/prune/download`,
  pruneRuns: (region: string) => `/api/${segment(region)}/prune/runs`,
  pruneRun: (region: string, run: number) => `/api/${segment(region)}/prune/runs/${run}`,
  actions: (region: string) => `/api/${segment(region)}/actions`,
  savedViews: (region: string) => `/api/${segment(region)}/views`,
} as const;
