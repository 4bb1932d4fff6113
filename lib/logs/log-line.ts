/** The sixteen colours a log line can ask for; the theme decides what they look like. */
export const LOG_COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
export type LogColour = (typeof LOG_COLOURS)[number];

/** A piece of a line in one style. `text` holds no control character but tab and line feed. */
export interface LogSpan {
  text: string;
  colour?: LogColour;
  bold?: boolean;
  dim?: boolean;
}

export interface PreparedLine {
  spans: LogSpan[];
  /** Characters of the message left out at its end; 0 when it is whole. */
  hiddenChars: number;
}

type Style = Omit<LogSpan, 'text'>;

// Escape sequences: CSI with its final byte, OSC up to its end (BEL or ST), charset switches, and the short forms. One that
// is never closed is no sequence: its text would vanish with it.
const ESCAPE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are made of control characters
  /\u001b\[([0-9;:?]*)[ -/]*([@-~])|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[()#][0-9A-Za-z]|\u001b[@-Z\\^_=>]/g;

// What has no shape of its own, reorders its neighbours or breaks a line where none was meant: C0 and C1 controls, DEL,
// bidirectional marks and overrides, line and paragraph separators, the byte order mark, halves of surrogate pairs.
const INVISIBLE = /(?![\t\n])[\p{Cc}\p{Surrogate}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * A log message as pieces of plain text to draw: colour codes become colours, other escape sequences go away, control
 * characters and text-direction overrides become visible signs. Cut after `maxChars` of the raw message, since one event
 * may hold 256 kB. Nothing is ever read as markup.
 */
export function prepareLogLine(message: string, maxChars: number): PreparedLine {
  const raw = message.replace(/\r?\n$/, '');
  const shown = raw.length > maxChars ? cutWhole(raw, maxChars) : raw;
  const spans: LogSpan[] = [];
  let style: Style = {};
  let at = 0;
  for (const match of shown.matchAll(ESCAPE)) {
    push(spans, shown.slice(at, match.index), style);
    at = match.index + match[0].length;
    if (match[2] === 'm') style = nextStyle(style, match[1] ?? '');
  }
  push(spans, shown.slice(at), style);
  return { spans, hiddenChars: raw.length - shown.length };
}

/** The message as plain text for the clipboard: without escape sequences, otherwise as it came. */
export function plainLogText(message: string): string {
  return message.replace(/\r?\n$/, '').replace(ESCAPE, '');
}

/** The first `maxChars` characters, one fewer where the cut would halve a surrogate pair. */
function cutWhole(text: string, maxChars: number): string {
  const last = text.charCodeAt(maxChars - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? maxChars - 1 : maxChars);
}

function push(spans: LogSpan[], text: string, style: Style): void {
  if (text !== '') spans.push({ text: text.replace(INVISIBLE, visible), ...style });
}

/** A visible sign for a character that has none: caret notation as terminals have it, otherwise its code point. */
function visible(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return `^${String.fromCharCode(0x40 + code)}`;
  if (code === 0x7f) return '^?';
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}

/** The style after one SGR sequence. Background, underline and true colours are read over, not drawn. */
function nextStyle(style: Style, parameters: string): Style {
  let next = { ...style };
  const codes = parameters === '' ? [0] : parameters.split(/[;:]/).map(Number);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (code === 0) next = {};
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 22) {
      delete next.bold;
      delete next.dim;
    } else if (code === 39) delete next.colour;
    else if (code === 38 || code === 48) {
      const [kind, colour = 256] = codes.slice(i + 1);
      // The first sixteen of the 256 are the same as below; true colours are the theme's to choose, not a log's.
      if (code === 38 && kind === 5 && colour < 16) next.colour = LOG_COLOURS[colour % 8];
      i += kind === 5 ? 2 : 4;
    } else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) next.colour = LOG_COLOURS[code % 10];
  }
  return next;
}
