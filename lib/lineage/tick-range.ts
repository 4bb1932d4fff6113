import { laneIdSchema } from '../contract/lineage';
import type { JobCategory } from '../contract/names';

export interface TickRange {
  lane: string;
  jobCategory: JobCategory;
  jobName: string;
  fromStep: number;
  toStep: number;
}

/** Reads `AgentRFT/name@21-40`; undefined for anything else. */
export function parseTickRange(text: string): TickRange | undefined {
  const [, lane = '', from, to] = /^(.{1,90})@(\d{1,9})-(\d{1,9})$/.exec(text) ?? [];
  if (!laneIdSchema.safeParse(lane).success) return undefined;
  const [category, jobName = ''] = lane.split('/');
  const fromStep = Number(from);
  const toStep = Number(to);
  return fromStep > toStep ? undefined : { lane, jobCategory: category as JobCategory, jobName, fromStep, toStep };
}
