import type { PlanResponse } from '@/lib/contract/actions';

/** Why a plan cannot be carried out as it stands; undefined where it can. */
export function whyBlocked(
  plan: PlanResponse,
  state: {
    nameProblem?: string;
    tagsProblem?: string;
    roleProblem?: string;
    settled: boolean;
    query: { isError: boolean };
  },
): string | undefined {
  if (state.nameProblem ?? state.tagsProblem) return 'Mend the name or the tags first.';
  if (state.roleProblem) return 'Mend the execution role first.';
  if (state.query.isError) return 'The last change could not be checked.';
  if (!state.settled) return 'Checking…';
  const failed = plan.checks.filter((check) => check.state === 'fail');
  if (failed.length === 1) return `Not possible: ${failed[0]?.detail}`;
  if (failed.length > 1) return `Not possible: ${failed.length} checks failed.`;
  return plan.canCreate ? undefined : 'Not possible.';
}
