import type { GraphLink } from '@/lib/shared/graph-model';

const RADIUS = 12;

/** Straight down from where it leaves, round the corner, straight into the bar: right angles with rounded corners. */
export function linkPath({ from, to }: Pick<GraphLink, 'from' | 'to'>): string {
  const r = Math.max(0, Math.min(RADIUS, to.x - from.x, Math.abs(to.y - from.y)));
  const down = to.y >= from.y ? 1 : -1;
  return `M${from.x} ${from.y}V${to.y - r * down}Q${from.x} ${to.y} ${from.x + r} ${to.y}H${to.x}`;
}
