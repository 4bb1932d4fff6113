import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJson, formatJson, mayHoldJson } from './format-json';

describe('JSON in a line', () => {
  it('is found when the line is it, or ends with it', () => {
    expect(findJson('{"a":1}\n')).toEqual({ before: '', json: '{"a":1}' });
    expect(findJson('INFO request {"a":[1]}')).toEqual({ before: 'INFO request ', json: '{"a":[1]}' });
    expect(findJson('[1,2]')).toEqual({ before: '', json: '[1,2]' });
    for (const text of ['', 'plain', '{cut', '{}x', '[INFO] done', 'a {b} c}', '"text"', '{"a":1}}']) {
      expect(findJson(text)).toBeUndefined();
    }
    expect(mayHoldJson('step 3')).toBe(false);
  });

  it('is laid out with every token as it was written', () => {
    expect(formatJson('{"n":12345678901234567890,"e":[],"o":{},"t":"a, {b}: \\"c\\"","l":[1,{"x":null}]}')).toBe(
      [
        '{',
        '  "n": 12345678901234567890,',
        '  "e": [],',
        '  "o": {},',
        '  "t": "a, {b}: \\"c\\"",',
        '  "l": [',
        '    1,',
        '    {',
        '      "x": null',
        '    }',
        '  ]',
        '}',
      ].join('\n'),
    );
  });

  it('means the same afterwards, whatever it is', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(JSON.parse(formatJson(json))).toEqual(JSON.parse(json));
      }),
    );
  });
});
