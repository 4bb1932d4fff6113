import type { JobCategory } from './names';

const segment = encodeURIComponent;

/** Addresses of pages. They are shared between people, so they are a contract: add, never change. */
export const pagePaths = {
  jobs: (region: string) => `/${segment(region)}/jobs`,
  job: (region: string, category: JobCategory | string, name: string, tab?: 'logs' | 'checkpoints' | 'config') =>
    `/${segment(region)}/jobs/${segment(category)}/${segment(name)}${tab ? `/${tab}` : ''}`,
  resume: (region: string, group: string, version: number) =>
    `/${segment(region)}/new?resume=${segment(`${group}/${version}`)}`,
} as const;

/** Addresses of the API. */
export const apiPaths = {
  health: () => '/api/health',
  events: () => '/api/events',
  jobs: (region: string) => `/api/${segment(region)}/jobs`,
  plan: (region: string) => `/api/${segment(region)}/jobs/plan`,
  job: (region: string, category: string, name: string) =>
    `/api/${segment(region)}/jobs/${segment(category)}/${segment(name)}`,
  jobPart: (region: string, category: string, name: string, part: 'checkpoints' | 'logs' | 'stop') =>
    `/api/${segment(region)}/jobs/${segment(category)}/${segment(name)}/${part}`,
  checkpoint: (region: string, group: string, version: number) =>
    `/api/${segment(region)}/checkpoints/${segment(group)}/${version}`,
} as const;
