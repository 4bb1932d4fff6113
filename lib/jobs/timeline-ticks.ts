import type { CheckpointKind } from '../contract/checkpoints';
import { formatPlural } from '../shared/format';
import { parseTime } from '../shared/time';
import type { TickRow, TimelinePiece } from '../shared/timeline-model';
import { positionOf } from './timeline-clock';

/** What a tick needs to know of a checkpoint. */
export interface TickSource {
  kind: CheckpointKind;
  creationTime: string;
  step?: number;
  isOutput: boolean;
}

/** Nearer than this share of the width (about 12 px of 1,000) shapes would touch. */
const SHAPE_GAP = 0.012;
/** Lines nearer than this cannot be told apart on a wide screen. */
const LINE_GAP = 0.0015;

const KINDS = [
  { kind: 'resumable', one: 'resumable checkpoint', label: 'Resumable' },
  { kind: 'model', one: 'model checkpoint', label: 'Model' },
  { kind: 'unknown', one: 'checkpoint not described yet', label: 'Not described yet' },
] as const;

/**
 * Places checkpoints on the clock of a timeline, one row for each kind that occurs; dense rows become thin lines.
 * `expected` counts those known of but not loaded yet: their row stands, empty, so that nothing moves when they come.
 */
export function prepareTicks(
  pieces: TimelinePiece[],
  checkpoints: TickSource[],
  expected: Partial<Record<CheckpointKind, number>> = {},
): TickRow[] {
  return KINDS.flatMap(({ kind, one, label }): TickRow[] => {
    const placed = checkpoints
      .filter((checkpoint) => checkpoint.kind === kind)
      .map((checkpoint) => ({
        at: positionOf(pieces, parseTime(checkpoint.creationTime) ?? 0),
        label: checkpoint.step === undefined ? `${label}, step not known` : `${label}, step ${checkpoint.step}`,
        strong: checkpoint.isOutput,
        step: checkpoint.step,
      }))
      .sort((a, b) => a.at - b.at || (a.step ?? 0) - (b.step ?? 0));
    const count = Math.max(placed.length, expected[kind] ?? 0);
    if (count === 0) return [];
    const dense = placed.some((tick, index) => index > 0 && tick.at - (placed[index - 1]?.at ?? 0) < SHAPE_GAP);
    const shown = dense
      ? placed.filter((tick, index) => tick.strong || index === 0 || index === placed.length - 1)
      : placed;
    const many = one === 'checkpoint not described yet' ? 'checkpoints not described yet' : undefined;
    return [
      {
        id: kind,
        label,
        kind,
        shapes: shown.map(({ at, label, strong }) => ({ at, label, strong })),
        lines: dense ? apart(placed.map((tick) => tick.at)) : [],
        count,
        text: `${formatPlural(count, one, many)}${stepsOf(placed.map((tick) => tick.step))}`,
      },
    ];
  });
}

function stepsOf(steps: (number | undefined)[]): string {
  const known = steps.filter((step) => step !== undefined);
  if (known.length === 0) return '';
  const low = known.reduce((a, b) => Math.min(a, b));
  const high = known.reduce((a, b) => Math.max(a, b));
  return low === high ? `, step ${low}` : `, steps ${low} to ${high}`;
}

function apart(sorted: number[]): number[] {
  const kept: number[] = [];
  for (const at of sorted) {
    const last = kept.at(-1);
    if (last === undefined || at - last >= LINE_GAP) kept.push(at);
  }
  return kept;
}
