import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Transition } from '../contract/jobs';
import { prepareTimeline, type TimelineInput } from './timeline';

const T0 = Date.UTC(2026, 10, 1, 12, 0, 0);
const MIN = 60_000;
const HOUR = 60 * MIN;
const iso = (ms: number) => new Date(ms).toISOString();
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

/** One transition; minutes after T0. */
function at(status: string, from: number, to?: number, statusMessage?: string): Transition {
  return {
    status,
    startTime: iso(T0 + from * MIN),
    ...(to === undefined ? {} : { endTime: iso(T0 + to * MIN) }),
    ...(statusMessage ? { statusMessage } : {}),
  };
}

function prepare(transitions: Transition[], rest: Partial<TimelineInput> = {}) {
  return prepareTimeline({ transitions, awsNow: iso(T0 + 300 * MIN), creationTime: iso(T0), live: false, ...rest });
}

describe('prepareTimeline', () => {
  it('draws phases one after the other and the end state as a mark', () => {
    const timeline = prepare([
      at('Starting', 0, 4),
      at('Training', 4, 64),
      at('Uploading', 64, 80),
      at('Completed', 80, 80),
    ]);
    expect(timeline.items.map(({ label, kind, left, right }) => [label, kind, left, right])).toEqual([
      ['Starting', 'span', 0, 0.05],
      ['Training', 'span', 0.05, 0.8],
      ['Uploading', 'span', 0.8, 1],
      ['Completed', 'mark', 1, 1],
    ]);
    expect(timeline.folds).toEqual([]);
    expect(timeline.nowAt).toBeUndefined();
    expect(plain(timeline.summary)).toBe(
      '4 transitions over 1 h 20 min: Starting 4 min, Training 1 h, Uploading 16 min, Completed.',
    );
    expect(plain(timeline.items[1]?.text ?? '')).toBe(
      'Training, 1 h, from 2026-11-01 12:04:00 UTC to 2026-11-01 13:04:00 UTC',
    );
  });

  it('leaves the last phase of a living job open up to now', () => {
    const timeline = prepare([at('Starting', 0, 60), at('Training', 60, undefined, 'Training in progress')], {
      live: true,
    });
    const last = timeline.items.at(-1);
    expect(last).toMatchObject({ open: true, kind: 'span', durationMs: 4 * HOUR, right: 1 });
    expect(timeline.nowAt).toBe(1);
    expect(plain(last?.text ?? '')).toBe('Training, 4 h so far, since 2026-11-01 13:00:00 UTC. Training in progress');
  });

  it('folds a long wait and says how long it was, but never work', () => {
    const timeline = prepare([at('Pending', 0, 120), at('Training', 120, 180), at('Completed', 180, 180)]);
    expect(timeline.folds.map((fold) => [plain(fold.label), fold.left])).toEqual([['2 h', 0]]);
    const [pending, training] = timeline.items;
    expect(pending?.durationMs).toBe(2 * HOUR);
    expect(pending?.right).toBeLessThan(0.1);
    expect((training?.right ?? 0) - (training?.left ?? 0)).toBeGreaterThan(0.9);
    const work = prepare([at('Starting', 0, 1), at('Training', 1, 6000)]);
    expect(work.folds).toEqual([]);
  });

  it('folds a gap in which AWS named no phase at all', () => {
    const timeline = prepare([at('Training', 0, 30), at('Training', 330, 360)]);
    expect(timeline.folds).toHaveLength(1);
    expect(timeline.folds[0]?.durationMs).toBe(5 * HOUR);
  });

  it('a job that only waits is shown at its true length', () => {
    expect(prepare([at('Pending', 0)], { live: true }).folds).toEqual([]);
  });

  it('a missing end is the start of the next phase, and it is said', () => {
    const [first] = prepare([at('Starting', 0), at('Training', 10, 20)]).items;
    expect(first).toMatchObject({ durationMs: 10 * MIN, open: false });
    expect(first?.notes).toEqual(['AWS gave no end; it is drawn up to the next one.']);
  });

  it('a missing end of the last phase of a finished job is the end of the job', () => {
    const [only] = prepare([at('Training', 0)], { endTime: iso(T0 + 30 * MIN) }).items;
    expect(only).toMatchObject({ durationMs: 30 * MIN, open: false });
    const [lost] = prepare([at('Training', 0)]).items;
    expect(lost).toMatchObject({ kind: 'mark', notes: ['AWS gave no end.'] });
  });

  it('an end state without an end is a moment, also while the main status still runs', () => {
    const timeline = prepare([at('Training', 0, 10), at('Failed', 10)], { live: true });
    expect(timeline.items[1]).toMatchObject({ kind: 'mark', open: false });
  });

  it('an end before the start is a moment and is said', () => {
    const [only] = prepare([at('Training', 10, 5)]).items;
    expect(only?.durationMs).toBe(0);
    expect(only?.notes).toEqual(['AWS gave an end before the start; it is drawn as a moment.']);
  });

  it('draws by time what AWS listed in another order', () => {
    const timeline = prepare([at('Training', 10, 20), at('Starting', 0, 10)]);
    expect(timeline.items.map((item) => item.label)).toEqual(['Starting', 'Training']);
    expect(timeline.items[0]?.notes).toEqual(['AWS listed it after a later one.']);
  });

  it('overlapping phases get rows of their own', () => {
    const timeline = prepare([at('Training', 0, 30), at('Uploading', 20, 40), at('Completed', 40, 40)]);
    expect(timeline.items.map((item) => item.lane)).toEqual([0, 1, 0]);
    expect(timeline.laneCount).toBe(2);
  });

  it('a clock that is behind draws no negative length', () => {
    const timeline = prepare([at('Starting', 400)], { live: true });
    expect(timeline.items[0]).toMatchObject({ durationMs: 0, open: true });
    expect(timeline.items[0]?.notes).toEqual(['It starts after the time at AWS now; clocks differ.']);
  });

  it('keeps a word that nobody has met', () => {
    const [item] = prepare([at('Rehydrating', 0, 5)]).items;
    expect(item).toMatchObject({ label: 'Rehydrating', tone: 'unknown' });
  });

  it('counts interruptions in the summary', () => {
    const timeline = prepare([
      at('Training', 0, 30),
      at('Interrupted', 30, 31),
      at('Restarting', 31, 33),
      at('Training', 33, 60),
    ]);
    expect(plain(timeline.summary)).toMatch(/; interrupted or restarted 2 times\.$/);
  });

  it('without transitions there is an empty picture that says so', () => {
    const timeline = prepare([], { live: true });
    expect(timeline.items).toEqual([]);
    expect(timeline.summary).toBe('AWS has listed no transition yet.');
  });

  it('a hundred transitions over a year are all there, with a readable axis', () => {
    const transitions = Array.from({ length: 100 }, (_, n) =>
      at(n % 2 ? 'Interrupted' : 'Training', n * 5000, n * 5000 + (n % 2 ? 5000 : 30)),
    );
    const timeline = prepare(transitions);
    expect(timeline.items).toHaveLength(100);
    expect(timeline.axis.length).toBeGreaterThan(2);
    expect(timeline.axis.length).toBeLessThanOrEqual(12);
    expect(
      timeline.items.reduce((sum, item) => sum + (item.label === 'Training' ? item.right - item.left : 0), 0),
    ).toBeGreaterThan(0.5);
  });
});

const minutes = fc.integer({ min: -600, max: 60 * 24 * 40 });
const word = fc.constantFrom(
  'Pending',
  'Starting',
  'Training',
  'Interrupted',
  'Restarting',
  'Uploading',
  'Failed',
  'Odd',
);
const transition = fc
  .record({ status: word, from: minutes, to: fc.option(minutes, { nil: undefined }) })
  .map(({ status, from, to }) => at(status, from, to));

describe('whatever AWS lists', () => {
  it('nothing is lost, order is kept, no length is negative and rows do not collide', () => {
    fc.assert(
      fc.property(
        fc.array(transition, { maxLength: 100 }),
        minutes,
        fc.option(minutes, { nil: undefined }),
        fc.boolean(),
        (transitions, now, end, live) => {
          const timeline = prepareTimeline({
            transitions,
            awsNow: iso(T0 + now * MIN),
            creationTime: iso(T0),
            ...(end === undefined ? {} : { endTime: iso(T0 + end * MIN) }),
            live,
          });
          const { items, pieces } = timeline;
          expect(items.map((item) => Number(item.id)).sort((a, b) => a - b)).toEqual(transitions.map((_, n) => n));
          const rows = new Map<number, number>();
          let previous = Number.NEGATIVE_INFINITY;
          let previousLeft = 0;
          for (const item of items) {
            expect(item.startMs).toBeGreaterThanOrEqual(previous);
            expect(item.left).toBeGreaterThanOrEqual(previousLeft);
            previous = item.startMs;
            previousLeft = item.left;
            expect(item.durationMs).toBeGreaterThanOrEqual(0);
            expect(item.left).toBeGreaterThanOrEqual(0);
            expect(item.right).toBeGreaterThanOrEqual(item.left);
            expect(item.right).toBeLessThanOrEqual(1);
            expect(item.text).toContain(item.label);
            // The last row takes what does not fit above; every other row is free of overlaps.
            if (item.lane < 3) expect(item.left).toBeGreaterThanOrEqual(rows.get(item.lane) ?? 0);
            rows.set(item.lane, item.right);
          }
          expect(items.filter((item) => item.open).length).toBeLessThanOrEqual(live ? 1 : 0);
          for (const [index, piece] of pieces.entries()) {
            expect(piece.left).toBe(index === 0 ? 0 : pieces[index - 1]?.right);
            expect(piece.right).toBeGreaterThanOrEqual(piece.left);
          }
          expect(pieces.at(-1)?.right).toBe(1);
          for (const tick of timeline.axis) expect(tick.at >= 0 && tick.at <= 1).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
