import type { PruneFacts } from './prune-facts';

/** Why nothing at all may go, as a sentence; undefined when it is known of every job what it started from. */
export function blockedBy({ filling, jobs }: Pick<PruneFacts, 'filling' | 'jobs'>): string | undefined {
  if (filling) return 'Cairn is still reading this region: until it knows every job, nothing may go.';
  const unknown = [...jobs.values()].filter(({ inputKnown, deleted }) => !inputKnown && !deleted);
  const [first] = unknown;
  if (!first) return undefined;
  const others = unknown.length > 1 ? ` and ${unknown.length - 1} more` : '';
  const why = first.described ? 'Cairn does not understand the config document of' : 'AWS has not described';
  return `${why} ${first.ref.jobName}${others}${first.described ? '' : ' yet'}: until it is known what a job started from, nothing may go.`;
}
