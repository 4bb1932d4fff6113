'use client';

import { CheckpointMarks } from '@/components/checkpoints/checkpoint-marks';
import { TrainingFacts } from '@/components/checkpoints/training-facts';
import { LineageScreen } from '@/components/lineage/lineage-screen';

const SLOTS = { StepFacts: TrainingFacts, Marks: CheckpointMarks };

/** The lineage with what the checkpoint views know of the step that is selected. */
export function LineageView({ region }: { region: string }) {
  return <LineageScreen region={region} slots={SLOTS} />;
}
