import { describe, expect, it } from 'vitest';
import { parseFilterPattern } from './filter-pattern';

const LINES = ['ERROR agent timed out', 'WARN agent slow', 'INFO step 3 done', 'say "hi" now'];
const hits = (pattern: string) => LINES.filter(parseFilterPattern(pattern));

describe('filter patterns', () => {
  it.each([
    ['', LINES],
    ['agent', [LINES[0], LINES[1]]],
    ['agent ERROR', [LINES[0]]],
    ['agent -ERROR', [LINES[1]]],
    ['-agent', [LINES[2], LINES[3]]],
    ['?ERROR ?WARN', [LINES[0], LINES[1]]],
    ['?ERROR agent', [LINES[0], LINES[1]]],
    ['"timed out"', [LINES[0]]],
    ['-"timed out" agent', [LINES[1]]],
    ['?"step 3" ?slow', [LINES[1], LINES[2]]],
    ['"say \\"hi\\""', [LINES[3]]],
    ['error', []],
  ])('%s', (pattern, expected) => {
    expect(hits(pattern)).toEqual(expected);
  });

  it.each(['step=3', '"open', 'a-b', '{ $.level = "x" }', '[a, b]', '%re%', '-'])('refuses %s', (pattern) => {
    expect(() => parseFilterPattern(pattern)).toThrow(expect.objectContaining({ code: 'InvalidParameterException' }));
  });
});
