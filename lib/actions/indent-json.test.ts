import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indentJson } from './indent-json';

describe('indentJson', () => {
  it('sets text out and keeps every literal', () => {
    expect(indentJson('{"a":1.0,"b":[2e-05,{}],"c":[],"d":{"e":"x:{,"}}')).toBe(
      '{\n  "a": 1.0,\n  "b": [\n    2e-05,\n    {}\n  ],\n  "c": [],\n  "d": {\n    "e": "x:{,"\n  }\n}',
    );
  });

  it('leaves a text alone that is nested beyond reading', () => {
    const abyss = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(indentJson(abyss)).toBe(abyss);
  });

  it('writes what JSON.stringify writes, and leaves alone what is not JSON', () => {
    expect(indentJson('{broken')).toBe('{broken');
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        expect(indentJson(JSON.stringify(value, null, space))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });
});
