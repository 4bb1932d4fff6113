import type { JobRef } from '../contract/jobs';

/** The tree of query keys. Invalidate by a branch: everything below it is asked again. */
export const queryKeys = {
  health: ['health'] as const,
  region: (region: string) => ['region', region] as const,
  jobLists: (region: string) => ['region', region, 'jobs', 'list'] as const,
  jobList: (region: string, search: string) => ['region', region, 'jobs', 'list', search] as const,
  job: (region: string, ref: JobRef) => ['region', region, 'jobs', 'one', ref.jobCategory, ref.jobName] as const,
  jobPart: (
    region: string,
    ref: JobRef,
    part: 'detail' | 'checkpoints' | 'logs' | 'story' | 'diagnosis' | 'trouble' | 'events',
    search = '',
  ) => ['region', region, 'jobs', 'one', ref.jobCategory, ref.jobName, part, search] as const,
  /** Metrics of jobs grow at another pace than the jobs: a branch of their own. */
  metrics: (region: string, ref: JobRef) => ['region', region, 'metrics', ref.jobCategory, ref.jobName] as const,
  compares: (region: string) => ['region', region, 'compare'] as const,
  lineage: (region: string) => ['region', region, 'lineage'] as const,
  savedViews: (region: string) => ['region', region, 'views'] as const,
  checkpoint: (region: string, group: string, version: number) =>
    ['region', region, 'checkpoints', group, version] as const,
  prune: (region: string) => ['region', region, 'prune'] as const,
  pruneRuns: (region: string) => ['region', region, 'prune', 'runs'] as const,
  plan: (region: string, body: unknown) => ['region', region, 'plan', body] as const,
} as const;
