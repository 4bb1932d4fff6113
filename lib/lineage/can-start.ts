import type { Checkpoint } from '../contract/checkpoints';

/** Why no job can be started from a checkpoint as it is; undefined where one can. The plan of the job checks the rest. */
export function canStart({ kind, packageStatus }: Pick<Checkpoint, 'kind' | 'packageStatus'>): string | undefined {
  if (kind === 'unknown') return 'AWS has not described it yet, so what it can be used for is not known.';
  if (packageStatus === 'Completed') return undefined;
  if (packageStatus === 'Failed') return 'The package failed, so no job can start from it.';
  if (packageStatus === 'Deleted') return 'The package was deleted, so no job can start from it.';
  if (packageStatus === 'Deleting') return 'The package is being deleted, so no job can start from it.';
  return `The package is not complete yet (${packageStatus}); a job can start from it once it is.`;
}
