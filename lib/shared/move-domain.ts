type Domain = [number, number];

/** A stretch moved along an axis by a share of its own length, as far as there is something to see. */
export function shiftDomain(
  [from, to]: readonly [number, number],
  share: number,
  extent: readonly [number, number],
): Domain {
  const length = to - from;
  const start = Math.min(Math.max(from + share * length, extent[0]), Math.max(extent[0], extent[1] - length));
  return [start, start + length];
}

/** A stretch made longer or shorter around a point that keeps its place on the screen; `factor` below 1 looks closer. */
export function scaleDomain([from, to]: readonly [number, number], factor: number, around: number): Domain {
  return [around - (around - from) * factor, around + (to - around) * factor];
}
