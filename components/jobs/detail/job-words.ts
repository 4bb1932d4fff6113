import type { EvidenceKind, StepEvidenceKind } from '@/lib/contract/checkpoints';
import type { LineageKind, Progress } from '@/lib/contract/jobs';
import type { JobCategory } from '@/lib/contract/names';
import { progressWords } from '@/lib/jobs/row-facts';
import { formatInteger } from '@/lib/shared/format';

/** What a category is called on screen. */
export function categoryWord(category: JobCategory): string {
  return category === 'AgentRFT' ? 'Training' : 'Evaluation';
}

/** Progress as the header says it. The epoch form names both: `epoch 1 of 2 · step 24 of 60`. */
export function progressDetail(progress: Progress | undefined): { text: string; whole?: string } | undefined {
  const words = progressWords(progress);
  if (!progress || words === undefined) return undefined;
  const { form, currentStep, currentEpoch, maxEpoch, stepsPerEpoch } = progress;
  if (form === 'step' || currentEpoch === undefined || currentStep === undefined || maxEpoch === 1) {
    return { text: words };
  }
  const epoch = `epoch ${formatInteger(currentEpoch)}${maxEpoch === undefined ? '' : ` of ${formatInteger(maxEpoch)}`}`;
  if (stepsPerEpoch === undefined) return { text: `${epoch} · ${words}` };
  const inEpoch = currentStep - Math.max(0, currentEpoch - 1) * stepsPerEpoch;
  return { text: `${epoch} · step ${formatInteger(inEpoch)} of ${formatInteger(stepsPerEpoch)}`, whole: words };
}

/** How Cairn knows which job made a checkpoint, for hover and focus. */
export const EVIDENCE_WORDS: Record<EvidenceKind, { short: string; long: string }> = {
  job: { short: 'named by the job', long: 'The job’s own document names this package.' },
  package: { short: 'named by the package', long: 'The package’s metadata, description or tags name the job.' },
  path: { short: 'S3 path', long: 'The package’s S3 path holds the job’s name.' },
  time: { short: 'time', long: 'Only this job of the group ran when the package was made.' },
};

export const STEP_EVIDENCE_WORDS: Record<StepEvidenceKind, string> = {
  package: 'The package’s metadata name the step.',
  path: 'The package’s S3 path names the step.',
  counted: 'Counted: nothing names the step, so it is the place of this checkpoint among those of its job.',
};

/** How a job made from this one came about, before the step it took. */
export const CHILD_WORDS: Record<LineageKind, string> = {
  resume: 'Resumed from',
  iterate: 'Iterated from',
  evaluate: 'Evaluates',
  unknown: 'Started from',
};
