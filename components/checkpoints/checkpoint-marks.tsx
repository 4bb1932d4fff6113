import type { PackageRef } from '@/lib/contract/action-log';
import type { GetCheckpointResponse } from '@/lib/contract/checkpoints';
import classes from './checkpoint-view.module.css';
import { Notes } from './notes-panel';
import { PinButton } from './pin-button';

interface CheckpointMarksProps {
  region: string;
  checkpointRef: PackageRef;
  data: Pick<GetCheckpointResponse, 'pin' | 'notes'>;
}

/** What people keep of a checkpoint, where there is little room: its pin and its notes. */
export function CheckpointMarks({ region, checkpointRef, data }: CheckpointMarksProps) {
  return (
    <div className={classes.marks}>
      <div>
        <PinButton region={region} checkpointRef={checkpointRef} pin={data.pin} />
      </div>
      <Notes region={region} checkpointRef={checkpointRef} notes={data.notes} folded />
    </div>
  );
}
