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

// Escape sequences: CSI (with its final byte), OSC up to BEL or ST, and the short two-character forms.
const ESCAPE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are made of control characters
  /\u001b\[([0-9;:?]*)[ -/]*([@-~])|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[@-Z\\^_=>()#][0-9A-B]?/g;

// What has no shape of its own or reorders its neighbours: C0 and C1 controls, DEL, bidirectional overrides.
const INVISIBLE = /(?![\t\n])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

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

/** The style after one SGR sequence. Background, underline and the 256-colour forms are read over, not drawn. */
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
    else if (code === 38 || code === 48) i += codes[i + 1] === 5 ? 2 : 4;
    else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) next.colour = LOG_COLOURS[code % 10];
  }
  return next;
}
