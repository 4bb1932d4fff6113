import type { DiffEntry, PlanResponse } from '../contract/actions';
import type { JobCategory } from '../contract/names';
import { asRecord, asText } from '../jobs/parse-value';
import { sectionOf } from './apply-changes';

/** Differences that a new job always has: its name, the name of its MLflow run, and where it starts. */
const ALWAYS = /^JobName$|\.MlflowRunName$|^JobConfigDocument\.ModelPackageConfig\.InputModelPackageArn$/;

/** How many values a person changed. */
export const editChangeCount = (diff: readonly DiffEntry[]) => diff.filter(({ path }) => !ALWAYS.test(path)).length;

const REASON =
  'An adapter fits only the model it was trained on: AWS takes a new job from it with the same base model and no other.';

/** The one thing an iterate or an evaluation may not change. */
export function lockedBaseModel(
  document: Record<string, unknown> | undefined,
  category: JobCategory,
): PlanResponse['locked'] {
  const section = sectionOf(category);
  const value = asText(asRecord(document?.[section])?.BaseModelArn);
  if (value === undefined) return [];
  return [{ path: `JobConfigDocument.${section}.BaseModelArn`, label: 'Base model', value, reason: REASON }];
}
