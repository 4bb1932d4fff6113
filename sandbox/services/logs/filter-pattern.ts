import { invalidParameter } from './log-errors';

interface Term {
  text: string;
  mark: '' | '-' | '?';
}

/**
 * Reads a filter pattern for plain text: terms and quoted phrases that must all occur, `-term` that must not, `?term` of
 * which one must. Case matters; a `?` term beside others is ignored (AWS docs). Throws InvalidParameterException on
 * what AWS refuses, and on the JSON, space-delimited and regular-expression forms, which are not emulated.
 */
export function parseFilterPattern(pattern: string): (message: string) => boolean {
  const trimmed = pattern.trim();
  if (/^[{[]/.test(trimmed)) throw invalidParameter('JSON and space-delimited filter patterns are not emulated.');
  const terms = readTerms(trimmed);
  const required = terms.filter((term) => term.mark === '').map((term) => term.text);
  const excluded = terms.filter((term) => term.mark === '-').map((term) => term.text);
  const optional = terms.filter((term) => term.mark === '?').map((term) => term.text);
  if (required.length + excluded.length === 0 && optional.length > 0) {
    return (message) => optional.some((text) => message.includes(text));
  }
  return (message) =>
    required.every((text) => message.includes(text)) && !excluded.some((text) => message.includes(text));
}

function readTerms(pattern: string): Term[] {
  const terms: Term[] = [];
  let i = 0;
  while (i < pattern.length) {
    if (/\s/.test(pattern.charAt(i))) {
      i += 1;
      continue;
    }
    const first = pattern.charAt(i);
    const mark = first === '-' || first === '?' ? first : '';
    if (mark) i += 1;
    const [text, end] = pattern.charAt(i) === '"' ? readPhrase(pattern, i + 1) : readWord(pattern, i);
    terms.push({ text, mark });
    i = end;
  }
  return terms;
}

function readPhrase(pattern: string, start: number): [string, number] {
  let text = '';
  for (let i = start; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (char === '"') return [text, i + 1];
    if (char === '\\' && i + 1 < pattern.length) {
      i += 1;
      text += pattern.charAt(i);
    } else {
      text += char;
    }
  }
  throw invalidParameter('Invalid filter pattern: a quote is not closed.');
}

function readWord(pattern: string, start: number): [string, number] {
  let end = start;
  while (end < pattern.length && !/[\s"]/.test(pattern.charAt(end))) end += 1;
  const word = pattern.slice(start, end);
  // Anything but letters, digits and underscores must be quoted (AWS docs).
  if (word === '' || !/^[\p{L}\p{N}_]+$/u.test(word)) {
    throw invalidParameter(`Invalid character(s) in term '${word}'`);
  }
  return [word, end];
}
