import { describe, expect, it } from 'vitest';
import type { GraphBar, PositionedGraph } from '@/lib/shared/graph-model';
import { viewAfter } from './view-after';
import { seesAnything } from './view-of';

const SIZE = { width: 1000, height: 600 };

/** Bars of 200 px at [x, y]. */
function graphOf(places: Record<string, [number, number]>): PositionedGraph {
  const bars = Object.entries(places).map(
    ([id, [x, y]]): GraphBar => ({
      id,
      x,
      y,
      width: 200,
      colour: 'red',
      tone: 'completed',
      live: false,
      pill: false,
      label: id,
      labelWidth: 150,
      description: id,
      strong: false,
      faint: false,
      ticks: [],
    }),
  );
  const right = Math.max(...bars.map(({ x, width }) => x + width));
  const bottom = Math.max(...bars.map(({ y }) => y + 30));
  return { width: right, height: bottom, bars, marks: [], links: [], ruler: [] };
}

/** A window at zoom 1 whose middle is at a world place. */
const lookAt = (x: number, y: number) => ({ x: SIZE.width / 2 - x, y: SIZE.height / 2 - y, zoom: 1 });

describe('the view after another layout', () => {
  const before = graphOf({ far: [0, 30], a: [4000, 900], focus: [4300, 960], b: [9000, 1500] });

  it('stays where bars are added or grow', () => {
    const grown = graphOf({ far: [0, 30], a: [4000, 900], focus: [4300, 960], b: [9000, 1500], c: [9300, 1560] });
    expect(viewAfter(before, grown, lookAt(4300, 960), SIZE, 'focus')).toBeUndefined();
  });

  it('shows all of what is left where it fits', () => {
    const after = graphOf({ a: [0, 30], focus: [300, 90] });
    expect(viewAfter(before, after, lookAt(4300, 960), SIZE, 'focus')).toEqual({ x: 20, y: 44, zoom: 1 });
  });

  it('shows all of what is left smaller where most went away, as long as it can be read', () => {
    const few = graphOf({ a: [0, 30], focus: [1000, 90] });
    expect(viewAfter(before, few, lookAt(4300, 960), SIZE, 'focus')?.zoom).toBeCloseTo(960 / 1240);
    const most = graphOf({ far: [0, 30], a: [500, 30], focus: [1000, 90] });
    expect(viewAfter(before, most, lookAt(4300, 960), SIZE, 'focus')?.zoom).toBe(1);
  });

  it('keeps the focus where it stood on the screen where not all fits', () => {
    const view = lookAt(4300, 960);
    const after = graphOf({ a: [0, 30], focus: [300, 90], b: [5000, 630] });
    const next = viewAfter(before, after, view, SIZE, 'focus');
    expect(next && [300 + next.x, 90 + next.y]).toEqual([4300 + view.x, 960 + view.y]);
  });

  it('fetches a focus that was out of sight', () => {
    const after = graphOf({ far: [0, 30], a: [2000, 900], focus: [2300, 960] });
    const next = viewAfter(before, after, lookAt(100, 100), SIZE, 'focus');
    const x = 2300 + (next?.x ?? 0);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(SIZE.width);
    expect(960 + (next?.y ?? 0)).toBe(SIZE.height / 2);
  });

  it('never leaves the window empty, with a focus or without', () => {
    const after = graphOf({ far: [0, 30], b: [5000, 1500] });
    for (const focus of [undefined, 'far', 'gone']) {
      for (const view of [lookAt(4300, 960), lookAt(9000, 1500), lookAt(0, 0), { x: 9e5, y: 9e5, zoom: 2 }]) {
        expect(seesAnything(after, viewAfter(before, after, view, SIZE, focus) ?? view, SIZE)).toBe(true);
      }
    }
  });
});
