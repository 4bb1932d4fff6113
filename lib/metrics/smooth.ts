/** How strongly a curve may be smoothed: 0 leaves it as it is. */
export const MAX_SMOOTHING = 0.99;

/**
 * Exponential moving average of a whole curve, `weight` of the past at each point, corrected for the start, where there is
 * little past yet. A gap stays a gap and does not weigh. Give it every point there is: smoothing what was thinned before
 * would change with the zoom.
 */
export function smooth(values: readonly (number | null)[], weight: number): (number | null)[] {
  const keep = Math.min(MAX_SMOOTHING, Math.max(0, weight));
  if (keep === 0) return [...values];
  let sum = 0;
  let mass = 0;
  return values.map((value) => {
    if (value === null) return null;
    sum = keep * sum + (1 - keep) * value;
    mass = keep * mass + (1 - keep);
    return sum / mass;
  });
}
