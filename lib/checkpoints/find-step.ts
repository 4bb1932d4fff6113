import type { StepEvidenceKind } from '../contract/checkpoints';
import type { PackageClues } from './attribute';
import { pathSegments } from './path-segments';

export interface StepFound {
  step: number;
  by: StepEvidenceKind;
}

/** `step-000041`, `step_41`, `global_step_41`, `checkpoint-step-41`. */
const STEP_FOLDER = /^(?:(?:global|checkpoint|ckpt|train(?:ing)?)[-_]?)?step[-_=]?0*(\d{1,9})$/i;
/** `step`, `global_step`, `sagemaker:step`, `CheckpointStep`; not `max_steps`, `start_step`. */
const STEP_KEY = /(?:^|[^a-z]|global|checkpoint|training)step$/i;
const OTHER_STEP = /max|total|every|parent|start|resum|input|base|last|source/i;

/** The step a package says it is of: by its metadata or tags, else by a folder of its path. Two answers are none. */
export function findStep({ metadata, tags, s3Uri }: PackageClues): StepFound | undefined {
  const said = [...Object.entries(metadata ?? {}), ...(tags ?? []).map(({ key, value }) => [key, value] as const)]
    .filter(([key]) => STEP_KEY.test(key) && !OTHER_STEP.test(key))
    .flatMap(([, value]) => toStep(/^\s*0*(\d{1,9})\s*$/.exec(value)?.[1]));
  const fromPackage = onlyOne(said);
  if (fromPackage !== undefined) return { step: fromPackage, by: 'package' };
  if (said.length > 0 || !s3Uri) return undefined;
  const fromPath = onlyOne(pathSegments(s3Uri).flatMap((segment) => toStep(STEP_FOLDER.exec(segment)?.[1])));
  return fromPath === undefined ? undefined : { step: fromPath, by: 'path' };
}

const toStep = (digits: string | undefined) => (digits === undefined ? [] : [Number(digits)]);

function onlyOne(steps: number[]): number | undefined {
  return steps.every((step) => step === steps[0]) ? steps[0] : undefined;
}
