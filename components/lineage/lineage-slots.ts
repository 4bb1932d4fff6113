import type { ComponentType } from 'react';
import type { PackageRef } from '@/lib/contract/action-log';
import type { GetCheckpointResponse } from '@/lib/contract/checkpoints';

/** What another domain draws into the panel; joined in app. */
export interface LineageSlots {
  /** What was measured at the step of a checkpoint. */
  StepFacts: ComponentType<{ region: string; checkpointRef: PackageRef; step?: number }>;
  /** Pin and notes of a checkpoint. */
  Marks: ComponentType<{
    region: string;
    checkpointRef: PackageRef;
    data: Pick<GetCheckpointResponse, 'pin' | 'notes'>;
  }>;
}
