import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removeJsonMember, setJsonMember } from './json-text';

describe('removeJsonMember', () => {
  it.each([
    ['{"a":1,"X":{"y":"}"},"b":2}', '{"a":1,"b":2}'],
    ['{"X":[1,{"k":"\\"]"}],"b":2}', '{"b":2}'],
    ['{"a":1,"X":null}', '{"a":1}'],
    ['{ "X" : true }', '{}'],
    ['{"a":1}', '{"a":1}'],
    ['{"X":1,"X":2,"a":{"X":3}}', '{"a":{"X":3}}'],
    ['{"\\u0058":1,"a":1.0}', '{"a":1.0}'],
    ['[1]', '[1]'],
  ])('%s', (text, expected) => {
    expect(removeJsonMember(text, [], 'X')).toBe(expected);
  });

  it('keeps the indentation of what stays', () => {
    expect(removeJsonMember('{\n  "a": 1.0,\n  "X": {\n    "b": 2\n  }\n}', [], 'X')).toBe('{\n  "a": 1.0\n}');
  });
});

describe('setJsonMember', () => {
  it.each([
    ['{"m":{"a":1.0}}', '{"m":{"a":1.0,"k":"v\\""}}'],
    ['{"m":{}}', '{"m":{"k":"v\\""}}'],
    ['{"m":{"k":"old","a":9007199254740993}}', '{"m":{"k":"v\\"","a":9007199254740993}}'],
    ['{"m":{"k":1,"k":2}}', '{"m":{"k":1,"k":"v\\""}}'],
    ['{"m":{\n  "a": 1\n}}', '{"m":{\n  "a": 1,\n  "k": "v\\""\n}}'],
  ])('%s', (text, expected) => {
    expect(setJsonMember(text, ['m'], 'k', 'v"')).toBe(expected);
  });

  it('has nothing to set where there is no object', () => {
    expect(setJsonMember('{"m":[]}', ['m'], 'k', 'v')).toBeUndefined();
    expect(setJsonMember('{}', ['m'], 'k', 'v')).toBeUndefined();
    expect(setJsonMember('"m"', ['m'], 'k', 'v')).toBeUndefined();
  });
});

describe('both, over any document', () => {
  const document = fc.dictionary(
    fc.oneof(fc.string(), fc.constantFrom('X', 'm')),
    fc.jsonValue({ maxDepth: 4 }),
  ) as fc.Arbitrary<Record<string, unknown>>;
  const indent = fc.constantFrom(undefined, 1, 2, '\t');

  it('mean what the same edit of the parsed value means', () => {
    fc.assert(
      fc.property(document, indent, fc.dictionary(fc.string(), fc.jsonValue()), (value, space, inner) => {
        const text = JSON.stringify({ ...value, m: inner }, null, space);
        const expected = JSON.parse(text) as Record<string, Record<string, unknown>>;
        delete expected.X;
        Object.assign(expected, { m: { ...expected.m, k: 'v' } });
        const edited = setJsonMember(removeJsonMember(text, [], 'X'), ['m'], 'k', 'v');
        expect(JSON.parse(edited ?? '')).toEqual(expected);
      }),
    );
  });

  it('survives a nesting that would exhaust the stack', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(removeJsonMember(`{"X":${deep},"a":1}`, [], 'X')).toBe('{"a":1}');
  });
});
