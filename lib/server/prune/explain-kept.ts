import 'server-only';
import type { PruneRow, PruneRules } from '@/lib/contract/prune';
import { reasonsOf } from '@/lib/prune/judge';
import { packageKey } from '@/lib/prune/package-columns';
import type { PruneFacts } from '@/lib/prune/prune-facts';
import { reasonDetail } from '@/lib/prune/reason-words';

/** Names of the jobs that started from each package: those that are there, those that were deleted. */
export type Dependants = ReadonlyMap<number, { there: string[]; deleted: string[] }>;

/** Who started from what, over all jobs. */
export function dependantsOf({ jobs, groups }: PruneFacts): Dependants {
  const ids = new Map([...groups].map(([id, { name }]) => [name.toLowerCase(), id]));
  const found = new Map<number, { there: string[]; deleted: string[] }>();
  for (const { input, ref, deleted } of jobs.values()) {
    const groupId = input && ids.get(input.group.toLowerCase());
    if (groupId === undefined || !input) continue;
    const key = packageKey(groupId, input.version);
    const names = found.get(key) ?? { there: [], deleted: [] };
    names[deleted ? 'deleted' : 'there'].push(ref.jobName);
    found.set(key, names);
  }
  return found;
}

/** Every reason to keep the package at a place, in sentences. */
export function explainKept(
  { packages, jobs }: PruneFacts,
  at: number,
  bits: number,
  rules: Pick<PruneRules, 'nth' | 'best'>,
  dependants: Dependants,
  packageStatus = 'no known status',
): PruneRow['kept'] {
  const names = dependants.get(packageKey(packages.groupId[at] ?? 0, packages.version[at] ?? 0));
  const step = packages.step[at] ?? -1;
  return reasonsOf(bits).map((reason) => ({
    reason,
    detail: reasonDetail(reason, {
      jobName: jobs.get(packages.jobId[at] ?? 0)?.ref.jobName,
      dependants: names?.there ?? [],
      deletedDependants: names?.deleted ?? [],
      packageStatus,
      step: step < 0 ? undefined : step,
      nth: rules.nth,
      best: rules.best,
    }),
  }));
}
