import { formatInteger } from '../shared/format';
import type { PositionedGraph } from '../shared/graph-model';
import type { Layout } from './layout';

/** Labels closer than this would run into each other at zoom 1. */
const MIN_LABEL_PX = 96;
const STEP_SIZES = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000];

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** What stands above the lanes: days of the busy stretches, or round numbers of steps. */
export function prepareRuler(layout: Layout): PositionedGraph['ruler'] {
  return layout.time ? days(layout.time) : steps(layout);
}

function days({ stretches }: NonNullable<Layout['time']>): PositionedGraph['ruler'] {
  let last = Number.NEGATIVE_INFINITY;
  return stretches.flatMap(({ x, startMs }, index) => {
    if (x - last < MIN_LABEL_PX) return [];
    last = x;
    return [{ x, label: formatDay(startMs), fold: index > 0 }];
  });
}

/** `20 Nov 09:00`, in UTC: a drawing is shared between zones. */
function formatDay(ms: number): string {
  return `${DAY.format(ms)} ${new Date(ms).toISOString().slice(11, 16)}`;
}

function steps({ scale, width }: Layout): PositionedGraph['ruler'] {
  const size = STEP_SIZES.find((each) => each * scale >= MIN_LABEL_PX) ?? 20000;
  const count = Math.min(400, Math.floor(width / (size * scale)) + 1);
  return Array.from({ length: count }, (_, index) => ({
    x: index * size * scale,
    label: index === 0 ? 'step 0' : formatInteger(index * size),
    fold: false,
  }));
}
