import { describe, expect, it } from 'vitest';
import { prepareTicks, type TickSource } from './timeline-ticks';

const T0 = Date.UTC(2026, 10, 1);
const PIECES = [{ startMs: T0, endMs: T0 + 100_000, left: 0, right: 1 }];
const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ');

function checkpoint(kind: TickSource['kind'], second: number, step?: number, isOutput = false): TickSource {
  return { kind, creationTime: new Date(T0 + second * 1000).toISOString(), step, isOutput };
}

describe('prepareTicks', () => {
  it('gives each kind its row and shape, and leaves out kinds that do not occur', () => {
    const rows = prepareTicks(PIECES, [
      checkpoint('model', 50, 2, true),
      checkpoint('resumable', 50, 2),
      checkpoint('resumable', 10, 1),
    ]);
    expect(rows.map((row) => [row.id, plain(row.text)])).toEqual([
      ['resumable', '2 resumable checkpoints, steps 1 to 2'],
      ['model', '1 model checkpoint, step 2'],
    ]);
    expect(rows[0]?.shapes.map((shape) => [shape.at, shape.label])).toEqual([
      [0.1, 'Resumable, step 1'],
      [0.5, 'Resumable, step 2'],
    ]);
    expect(rows[0]?.lines).toEqual([]);
    expect(rows[1]?.shapes[0]?.strong).toBe(true);
  });

  it('where shapes would touch they become lines, with the first, the last and the promoted one as shapes', () => {
    const dense = Array.from({ length: 500 }, (_, n) => checkpoint('model', n / 5, n + 1, n === 300));
    const [row] = prepareTicks(PIECES, dense);
    expect(row?.shapes.map((shape) => shape.label)).toEqual(['Model, step 1', 'Model, step 301', 'Model, step 500']);
    expect(row?.lines.length).toBeGreaterThan(400);
    expect(row?.count).toBe(500);
  });

  it('draws no more lines than a screen can tell apart', () => {
    const [row] = prepareTicks(
      PIECES,
      Array.from({ length: 20_000 }, (_, n) => checkpoint('resumable', n / 200)),
    );
    expect(row?.lines.length).toBeLessThanOrEqual(667);
    expect(plain(row?.text)).toBe('20,000 resumable checkpoints');
  });

  it('a row that is known of but not loaded stands empty', () => {
    const rows = prepareTicks(PIECES, [], { resumable: 4, model: 0 });
    expect(rows.map((row) => [row.id, row.count, row.shapes.length])).toEqual([['resumable', 4, 0]]);
  });
});
