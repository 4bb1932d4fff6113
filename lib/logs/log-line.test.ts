import { describe, expect, it } from 'vitest';
import { plainLogText, prepareLogLine } from './log-line';

const spans = (message: string) => prepareLogLine(message, 10_000).spans;

describe('a log line', () => {
  it('is one piece of text when it has no codes, markup included', () => {
    expect(spans('<script>alert(1)</script> & done')).toEqual([{ text: '<script>alert(1)</script> & done' }]);
  });

  it('turns colour codes into colours and ends them at the reset', () => {
    expect(spans('\u001b[31mERROR\u001b[0m step 3 \u001b[1;92mok\u001b[22m!')).toEqual([
      { text: 'ERROR', colour: 'red' },
      { text: ' step 3 ' },
      { text: 'ok', colour: 'green', bold: true },
      { text: '!', colour: 'green' },
    ]);
  });

  it('reads over 256-colour and background codes without taking their numbers for colours', () => {
    expect(spans('\u001b[38;5;31ma\u001b[48;2;31;32;33mb\u001b[38:5:32mc')).toEqual([
      { text: 'a' },
      { text: 'b' },
      { text: 'c' },
    ]);
  });

  it('shows a sequence that is never closed, for its text would vanish with it', () => {
    expect(spans('a\u001b]0;never closed')).toEqual([{ text: 'a^[]0;never closed' }]);
    expect(spans('a\u001b[')).toEqual([{ text: 'a^[[' }]);
  });

  it('drops cursor movements, titles and links', () => {
    expect(spans('\u001b[2K\u001b[1A10%\u001b]0;title\u0007!')).toEqual([{ text: '10%' }, { text: '!' }]);
    expect(spans('\u001b]8;;http://example.com\u001b\\link\u001b]8;;\u001b\\')).toEqual([{ text: 'link' }]);
    expect(spans('\u001b(Bplain \u001bMAnd')).toEqual([{ text: 'plain ' }, { text: 'And' }]);
  });

  it('makes control characters and direction overrides visible, and keeps tabs and line feeds', () => {
    expect(spans('a\u0000b\rc\td\ne\u007f\u202egpj\u0085')).toEqual([{ text: 'a^@b^Mc\td\ne^?[U+202E]gpj[U+0085]' }]);
    expect(spans('lone \u001b escape')).toEqual([{ text: 'lone ^[ escape' }]);
  });

  it('drops the line end the writer sent', () => {
    expect(spans('done\n')).toEqual([{ text: 'done' }]);
    expect(spans('done\r\n')).toEqual([{ text: 'done' }]);
    expect(spans('')).toEqual([]);
  });

  it('cuts a long line and says how much is hidden, never in the middle of a character', () => {
    expect(prepareLogLine('x'.repeat(262_144), 4_000)).toEqual({
      spans: [{ text: 'x'.repeat(4_000) }],
      hiddenChars: 258_144,
    });
    expect(prepareLogLine('ab\u{1f600}cd', 3)).toEqual({ spans: [{ text: 'ab' }], hiddenChars: 4 });
  });

  it('copies as plain text without codes', () => {
    expect(plainLogText('\u001b[31mERROR\u001b[0m\tx\n')).toBe('ERROR\tx');
  });
});
