import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findJson } from './format-json';
import { parseLineAddress } from './line-address';
import { logLevel } from './log-level';
import { plainLogText, prepareLogLine } from './log-line';
import { markMatches } from './mark-matches';

const ESC = '\u001b';
const PARTS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  `${ESC}[31mred${ESC}[0m`,
  `${ESC}[999;;;38;5;mx`,
  `${ESC}]8;;javascript:alert(1)${ESC}\\link${ESC}]8;;${ESC}\\`,
  `${ESC}]0;never closed`,
  `${ESC}[`,
  `${ESC}Pq#0~~${ESC}\\`,
  '\u009b31m\u0090\u009c',
  '\u0000\u0008\u007f\r',
  '\u202egpj.exe\u202c\u2028\u2029\ufeff',
  '\ud83d',
  '\udc00x',
  '\u{1f600}\u200d\u{1f469}',
  '{"__proto__":{"polluted":true}}',
  '[[[[[[[[[[',
  'plain words',
  '\t\n',
];

const hostile = fc
  .array(fc.oneof(fc.constantFrom(...PARTS), fc.string({ unit: 'binary', maxLength: 40 })), { maxLength: 12 })
  .map((parts) => parts.join(''));

it('ten thousand hostile lines lose no text, and hold nothing that a page could act on', () => {
  fc.assert(
    fc.property(hostile, fc.constantFrom('', 'words', '<', '\u001b'), (message, words) => {
      const { spans, hiddenChars } = prepareLogLine(`mark ${message}\nend`, Number.POSITIVE_INFINITY);
      const text = spans.map((span) => span.text).join('');
      expect(hiddenChars).toBe(0);
      // Controls are shown as signs; what is left of them would be acted on by whoever copies the text into a terminal.
      expect(text).not.toMatch(/(?![\t\n])[\p{Cc}\p{Surrogate}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(text.startsWith('mark ')).toBe(true);
      expect(text.endsWith('\nend')).toBe(true);
      // Every letter that is no part of a closed sequence is still there, in order.
      const letters = (value: string) =>
        value.replace(/\[U\+[0-9A-F]{4}\]|\^[@-_?]/g, '').replace(/[^\p{L}\p{N}]/gu, '');
      expect(letters(text)).toBe(letters(plainLogText(`mark ${message}\nend`).replace(/[\p{Cc}]/gu, '^?')));
      expect(
        markMatches(spans, words)
          .map((span) => span.text)
          .join(''),
      ).toBe(text);
      expect(() => [findJson(message), logLevel(message), parseLineAddress(message)]).not.toThrow();
      expect('polluted' in {}).toBe(false);
    }),
    { numRuns: 10_000, seed: 20_261_120 },
  );
});

it('a line of 256 kB of the worst is read in well under a second', () => {
  for (const part of PARTS) {
    const message = part.repeat(Math.ceil(262_144 / part.length)).slice(0, 262_144);
    const startedAt = performance.now();
    prepareLogLine(message, Number.POSITIVE_INFINITY);
    findJson(message);
    logLevel(message);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  }
});
