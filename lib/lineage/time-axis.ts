/** A stretch of time in which something ran, epoch milliseconds. */
export interface Span {
  startMs: number;
  endMs: number;
}

export interface TimeAxis {
  /** World x of a time. */
  x(ms: number): number;
  width: number;
  /** Busy stretches in world units, with when they began. */
  stretches: { x: number; width: number; startMs: number; endMs: number }[];
}

/** Idle time is drawn at most this wide: enough for a link to come down in, so that the room is the jobs'. */
const MAX_GAP_PX = 20;

/**
 * Time to the right, idle gaps folded: where nothing ran, the axis goes on after `MAX_GAP_PX`. Busy time is to scale, so a
 * job that is added later, while others run, moves nothing that is already drawn.
 */
export function timeAxis(spans: readonly Span[], pxPerMs: number): TimeAxis {
  const stretches: TimeAxis['stretches'] = [];
  for (const { startMs, endMs } of [...spans].sort((a, b) => a.startMs - b.startMs)) {
    const last = stretches.at(-1);
    if (last && startMs <= last.endMs) {
      last.endMs = Math.max(last.endMs, endMs);
      continue;
    }
    stretches.push({ x: 0, width: 0, startMs, endMs: Math.max(startMs, endMs) });
  }
  let x = 0;
  let before: TimeAxis['stretches'][number] | undefined;
  for (const stretch of stretches) {
    if (before) x += Math.min((stretch.startMs - before.endMs) * pxPerMs, MAX_GAP_PX);
    stretch.x = x;
    stretch.width = (stretch.endMs - stretch.startMs) * pxPerMs;
    x += stretch.width;
    before = stretch;
  }
  const find = (ms: number) => {
    let low = 0;
    let high = stretches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((stretches[middle]?.startMs ?? 0) <= ms) low = middle + 1;
      else high = middle;
    }
    return stretches[low - 1];
  };
  return {
    stretches,
    width: x,
    x(ms) {
      const stretch = find(ms);
      // Before everything: clocks that disagree, or a checkpoint older than all jobs known.
      if (!stretch) return Math.max(-MAX_GAP_PX, (ms - (stretches[0]?.startMs ?? ms)) * pxPerMs);
      if (ms <= stretch.endMs) return stretch.x + (ms - stretch.startMs) * pxPerMs;
      return stretch.x + stretch.width + Math.min((ms - stretch.endMs) * pxPerMs, MAX_GAP_PX);
    },
  };
}

/** A scale at which the middle job is about `wantedPx` wide. In halves of a doubling, so that a new job rarely changes it. */
export function chooseScale(sizes: readonly number[], wantedPx: number): number {
  const sorted = sizes.filter((size) => size > 0).sort((a, b) => a - b);
  const middle = sorted[sorted.length >> 1];
  if (middle === undefined) return 1;
  return 2 ** (Math.round(Math.log2(wantedPx / middle) * 2) / 2);
}
