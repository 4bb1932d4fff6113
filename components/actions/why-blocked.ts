import type { FieldToMend } from '@/lib/actions/fields-to-mend';
import type { PlanResponse } from '@/lib/contract/actions';
import { formatPlural } from '@/lib/shared/format';

/** Why a plan cannot be carried out as it stands; undefined where it can. */
export function whyBlocked(
  plan: PlanResponse,
  state: { mend: readonly FieldToMend[]; settled: boolean; query: { isError: boolean } },
): string | undefined {
  if (state.mend.length > 0) return `${formatPlural(state.mend.length, 'field')} to mend.`;
  if (state.query.isError) return 'The last change could not be checked.';
  if (!state.settled) return 'Checking…';
  const failed = plan.checks.filter((check) => check.state === 'fail');
  if (failed.length === 1) return `Not possible: ${failed[0]?.detail}`;
  if (failed.length > 1) return `Not possible: ${failed.length} checks failed.`;
  return plan.canCreate ? undefined : 'Not possible.';
}
