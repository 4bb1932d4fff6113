import { expect, it } from 'vitest';
import { findSkew } from './find-skew';

const T0 = Date.parse('2026-11-20T03:00:00Z');
const stamped = (offsetMs: number, n = 4) =>
  Array.from({ length: n }, (_, i) => {
    const atMs = T0 + i * 60_000;
    return { atMs, ingestedMs: atMs + 900, message: `${new Date(atMs + offsetMs).toISOString()} ERROR it broke` };
  });

it('says nothing of clocks that agree within seconds', () => {
  expect(findSkew('Agent log', stamped(0))).toBeUndefined();
  expect(findSkew('Agent log', stamped(2_000))).toBeUndefined();
  expect(findSkew('Agent log', [])).toBeUndefined();
});

it('sees a clock that runs ahead of the one that received the lines', () => {
  const lines = stamped(0).map((line) => ({ ...line, ingestedMs: line.atMs - 42_000 }));
  expect(findSkew('Agent log', lines)).toMatch(
    /^Agent log: lines are stamped up to 42\ss later than AWS received them/,
  );
});

it('sees stamps inside the lines that all differ by the same, and not those that tell of other times', () => {
  expect(findSkew('Agent log', stamped(-90_000))).toMatch(/1\smin 30\ss behind/);
  expect(findSkew('Agent log', stamped(-90_000, 2))).toBeUndefined();
  const scattered = stamped(0).map((line, i) => ({ ...line, message: new Date(T0 - i * 4_000_000).toISOString() }));
  expect(findSkew('Agent log', scattered)).toBeUndefined();
  const local = stamped(-3_600_000).map((line) => ({ ...line, message: line.message.replace('Z', '') }));
  expect(findSkew('Agent log', local)).toBeUndefined();
});
