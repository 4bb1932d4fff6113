import type { Job } from '../world/types';
import type { AccountBuilder } from './account-builder';

/** One job of a scenario, told with the others of its lineage; `id` is how later chapters name it. */
export interface Chapter {
  id: string;
  at: number;
  make(builder: AccountBuilder, at: number, job: (id: string) => Job): Job;
}

/** Adds chapters oldest first, whatever order they are told in: package versions depend on it. */
export function tellStory(builder: AccountBuilder, chapters: readonly Chapter[]): (id: string) => Job {
  const made = new Map<string, Job>();
  const job = (id: string) => {
    const found = made.get(id);
    if (!found) throw new Error(`chapter ${id} is not told yet`);
    return found;
  };
  for (const chapter of [...chapters].sort((a, b) => a.at - b.at)) {
    made.set(chapter.id, chapter.make(builder, chapter.at, job));
  }
  return job;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const startOfDay = (t: number) => t - (t % DAY);

/** Days before today at a time of day, UTC. */
export const daysBefore = (now: number) => (days: number, hour: number, minute: number) =>
  startOfDay(now) - days * DAY + hour * HOUR + minute * MINUTE;

/** `support-desk-gpt-oss-20b` on 12 April: `support-desk-gpt-oss-20b-0412`. */
export function dated(name: string, at: number, suffix = ''): string {
  return `${name}-${new Date(at).toISOString().slice(5, 10).replace('-', '')}${suffix}`;
}
