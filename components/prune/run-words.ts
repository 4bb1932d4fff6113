import type { ItemState, PruneRun } from '@/lib/contract/prune';
import { formatInteger } from '@/lib/shared/format';
import type { Tone } from '@/lib/shared/tone';

export const RUN_LABELS: Record<PruneRun['state'], string> = {
  running: 'Deleting',
  paused: 'Paused',
  done: 'Done',
  ended: 'Ended',
};

export const RUN_TONES: Record<PruneRun['state'], Tone> = {
  running: 'running',
  paused: 'stopped',
  done: 'completed',
  ended: 'stopped',
};

export const ITEM_LABELS: Record<ItemState, string> = {
  waiting: 'Waiting',
  deleting: 'Deleting',
  deleted: 'Deleted',
  failed: 'Failed',
  kept: 'Kept',
};

export const ITEM_TONES: Record<ItemState, Tone> = {
  waiting: 'pending',
  deleting: 'running',
  deleted: 'completed',
  failed: 'failed',
  kept: 'stopped',
};

/** `120 of 600 deleted, 2 failed, 1 kept`. */
export function progressWords({ counts, total }: Pick<PruneRun, 'counts' | 'total'>): string {
  const parts = [`${formatInteger(counts.deleted)} of ${formatInteger(total)} deleted`];
  if (counts.failed > 0) parts.push(`${formatInteger(counts.failed)} failed`);
  if (counts.kept > 0) parts.push(`${formatInteger(counts.kept)} kept`);
  return parts.join(', ');
}

/** How much is settled, 0 to 1. */
export const fractionOf = ({ counts, total }: Pick<PruneRun, 'counts' | 'total'>): number =>
  total === 0 ? 1 : (counts.deleted + counts.failed + counts.kept) / total;
