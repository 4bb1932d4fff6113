import type { BranchHop } from '../contract/metrics';

/** How a curve's x axis counts: own steps of each job, steps of the whole branch, or wall clock. */
export const AXIS_MODES = ['step', 'cumulative', 'time'] as const;
export type AxisMode = (typeof AXIS_MODES)[number];

/** A job of a branch, and where its steps stand on it. */
export interface PlacedHop {
  hop: BranchHop;
  /** Cumulative step = offset + own step. */
  offset: number;
  /** The last own step that counts: beyond it the next job went another way. Undefined: all of them. */
  lastStep?: number;
  /** What lies beyond `lastStep`: trained again by the next job, or left aside by it. */
  beyond?: 'redone' | 'left_aside';
  /** The step counter goes on from the job before. */
  goesOn: boolean;
}

export interface PlacedBranch {
  hops: PlacedHop[];
  /** Why earlier jobs are not on the curve, one sentence. */
  cut?: string;
}

/**
 * Joins the jobs of a branch, root first. A resume goes on counting at its checkpoint's step + 1 (AWS docs), so offsets stay;
 * an iterate starts at step 1 again, so its offset is the cumulative step of its checkpoint. Where a checkpoint's step is not
 * known nothing can be joined, and the curve begins after it.
 */
export function placeHops(hops: readonly BranchHop[]): PlacedBranch {
  const first = hops.findLastIndex((hop, index) => index > 0 && hop.from?.step === undefined);
  const begin = Math.max(0, first);
  const placed: PlacedHop[] = [];
  for (const hop of hops.slice(begin)) {
    const before = placed.at(-1);
    const step = hop.from?.step;
    if (!before || step === undefined) {
      placed.push({ hop, offset: 0, goesOn: false });
      continue;
    }
    const resumed = hop.from?.kind !== 'iterate';
    before.lastStep = step;
    before.beyond = resumed ? 'redone' : 'left_aside';
    placed.push({ hop, offset: resumed ? before.offset : before.offset + step, goesOn: resumed });
  }
  return {
    hops: placed,
    ...(begin > 0
      ? {
          cut: `The step of the checkpoint that ${hops[begin]?.jobName} started from is not known, so the curve begins there.`,
        }
      : {}),
  };
}
