import { expect, it } from 'vitest';
import { toFilterPattern } from './filter-pattern';

it('quotes the words and escapes quotes and backslashes, so that no operator is left', () => {
  expect(toFilterPattern('out of memory')).toBe('"out of memory"');
  expect(toFilterPattern('a"b\\c')).toBe('"a\\"b\\\\c"');
  expect(toFilterPattern('{ $.level = "x" } %re% -not ?or')).toBe('"{ $.level = \\"x\\" } %re% -not ?or"');
});
