import type { ChartSeam } from '../shared/chart-model';
import { formatInteger, formatPlural } from '../shared/format';
import type { AxisMode, PlacedHop } from './place-hops';
import { type Stitched, xOf } from './stitch-series';

const SHOWN_CHANGES = 3;

/** The last parts of changed paths, which is what tells them apart; hyperparameters first, they are what was tried. */
export function changedWords(changed: readonly string[]): string {
  if (changed.length === 0) return 'nothing changed';
  const first = (path: string) => Number(path.includes('HyperParameters'));
  const sorted = [...changed].sort((a, b) => first(b) - first(a));
  const names = [...new Set(sorted.map((path) => path.split('.').at(-1) ?? path))];
  const shown = names.slice(0, SHOWN_CHANGES).join(', ');
  return names.length > SHOWN_CHANGES ? `${shown} and ${formatInteger(names.length - SHOWN_CHANGES)} more` : shown;
}

/** How a hop came from the one before it, in words: `Resumed from step 41`. */
export function seamLabel({ hop: { from } }: PlacedHop): string {
  const verb = from?.kind === 'iterate' ? 'Iterated' : from?.kind === 'resume' ? 'Resumed' : 'Went on';
  return from?.step === undefined ? verb : `${verb} from step ${formatInteger(from.step)}`;
}

/** The seams of a branch: where each job but the first begins. On own steps an iterate overlaps and has no seam. */
export function prepareSeams(hops: readonly PlacedHop[], stitched: Stitched, axis: AxisMode): ChartSeam[] {
  return hops.flatMap((placed, at): ChartSeam[] => {
    if (at === 0 || placed.hop.from?.step === undefined) return [];
    if (axis === 'step' && !placed.goesOn) return [];
    const first = stitched.live.find((point) => point.at === at);
    const cumulative = placed.offset + (placed.goesOn ? placed.hop.from.step : 0);
    const x = axis === 'time' ? (first ? xOf(first, 'time') : Date.parse(placed.hop.creationTime)) : cumulative;
    if (!Number.isFinite(x)) return [];
    const label = `${seamLabel(placed)}: ${changedWords(placed.hop.changed)}`;
    return [{ x, label, detail: `${placed.hop.jobName}. ${lostWords(hops[at - 1], stitched, at - 1)}`.trim() }];
  });
}

/** What became of the parent's steps beyond the checkpoint, one sentence or nothing. */
export function lostWords(before: PlacedHop | undefined, stitched: Stitched, at: number): string {
  const count = stitched.tails.find((tail) => tail.at === at)?.points.length ?? 0;
  if (!before || count === 0) return '';
  return before.beyond === 'redone'
    ? `${formatPlural(count, 'step')} of ${before.hop.jobName} after the checkpoint ${count === 1 ? 'was' : 'were'} lost and trained again.`
    : `${formatPlural(count, 'step')} of ${before.hop.jobName} after the checkpoint ${count === 1 ? 'is' : 'are'} left aside.`;
}
