import type { Checkpoint } from '../contract/checkpoints';

/** What can be done from a checkpoint; `why` it cannot, where it cannot. */
export interface NextAction {
  action: 'resume' | 'iterate' | 'evaluate';
  why?: string;
}

/** The three ways on from a checkpoint. The plan behind each looks closer; this says what is plain at once. */
export function nextActions(checkpoint: Checkpoint): NextAction[] {
  const { kind, packageStatus } = checkpoint;
  const broken =
    packageStatus === 'Completed'
      ? undefined
      : packageStatus === 'Deleted'
        ? 'It was deleted: AWS does not have the package any more.'
        : `AWS says ${packageStatus}: only a completed package can be started from.`;
  const undescribed = 'AWS has not said yet what kind of package this is.';
  const resume =
    broken ??
    (kind === 'unknown'
      ? undescribed
      : kind === 'model'
        ? 'A model checkpoint has the adapter, but not the optimizer state that resume needs.'
        : checkpoint.job
          ? undefined
          : 'Nobody knows which job made it, so its request cannot be repeated.');
  const model =
    broken ??
    (kind === 'unknown'
      ? undescribed
      : kind === 'resumable'
        ? 'A resumable checkpoint can only be resumed from. Use its model twin.'
        : undefined);
  return [
    { action: 'resume', why: resume },
    { action: 'iterate', why: model },
    { action: 'evaluate', why: model },
  ];
}
