/**
 * Edits of JSON text that leave every other character alone. Parsing and printing a document again would turn 1.0 into 1,
 * 2e-05 into 0.00002 and round whole numbers above 2^53; a resumed job has to keep what its parent was given.
 * All functions expect text that JSON.parse accepts.
 */

interface Member {
  key: string;
  keyStart: number;
  valueStart: number;
  valueEnd: number;
}

const isSpace = (char: string | undefined) => char === ' ' || char === '\n' || char === '\r' || char === '\t';

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text[at])) at += 1;
  return at;
}

/** The index after the string that opens at `from`. */
function skipString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** The index after the value that starts at `from`. Counts brackets instead of descending: depth costs no stack. */
function skipValue(text: string, from: number): number {
  let depth = 0;
  let at = from;
  do {
    const char = text[at];
    if (char === '"') at = skipString(text, at);
    else if (char === '{' || char === '[') {
      depth += 1;
      at += 1;
    } else if (char === '}' || char === ']') {
      depth -= 1;
      at += 1;
    } else if (depth > 0) at += 1;
    else while (at < text.length && !isSpace(text[at]) && !',}]'.includes(text[at] ?? ',')) at += 1;
  } while (depth > 0 && at < text.length);
  return at;
}

/** The members of the object that opens at `from`, in the order of the text. */
function membersAt(text: string, from: number): Member[] {
  const members: Member[] = [];
  let at = skipSpace(text, from + 1);
  while (at < text.length && text[at] !== '}') {
    const keyEnd = skipString(text, at);
    const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const valueEnd = skipValue(text, valueStart);
    members.push({ key: JSON.parse(text.slice(at, keyEnd)), keyStart: at, valueStart, valueEnd });
    const next = skipSpace(text, valueEnd);
    at = text[next] === ',' ? skipSpace(text, next + 1) : next;
  }
  return members;
}

/** Where the object at `path` opens, or undefined when something on the way is missing or is not an object. */
function openingAt(text: string, path: readonly string[]): number | undefined {
  let at = skipSpace(text, 0);
  for (const key of path) {
    if (text[at] !== '{') return undefined;
    // JSON.parse lets the last of equal keys win; so does this.
    const member = membersAt(text, at).findLast((candidate) => candidate.key === key);
    if (!member) return undefined;
    at = member.valueStart;
  }
  return text[at] === '{' ? at : undefined;
}

/** The text without the member `key` of the object at `path`; unchanged when there is none. */
export function removeJsonMember(text: string, path: readonly string[], key: string): string {
  let result = text;
  for (;;) {
    const opening = openingAt(result, path);
    if (opening === undefined) return result;
    const members = membersAt(result, opening);
    const index = members.findIndex((member) => member.key === key);
    const member = members[index];
    if (!member) return result;
    const previous = members[index - 1];
    const next = members[index + 1];
    const start = previous ? previous.valueEnd : next ? member.keyStart : opening + 1;
    const end = previous ? member.valueEnd : next ? next.keyStart : skipSpace(result, member.valueEnd);
    result = result.slice(0, start) + result.slice(end);
  }
}

/**
 * The text with the member `key` of the object at `path` set to `value` (anything JSON can hold): replaced in place, or
 * added last. Undefined when there is no object at `path`.
 */
export function setJsonMember(text: string, path: readonly string[], key: string, value: unknown): string | undefined {
  const opening = openingAt(text, path);
  if (opening === undefined) return undefined;
  const members = membersAt(text, opening);
  const literal = JSON.stringify(value);
  const existing = members.findLast((member) => member.key === key);
  if (existing) return text.slice(0, existing.valueStart) + literal + text.slice(existing.valueEnd);
  const last = members.at(-1);
  const at = last ? last.valueEnd : opening + 1;
  // The new member sits as the last one did: on its own line when the text is indented.
  const lead = last ? `,${leadOf(text, last)}` : '';
  const colon = last ? text.slice(keyEndOf(text, last), last.valueStart) : ':';
  return `${text.slice(0, at)}${lead}${JSON.stringify(key)}${colon}${literal}${text.slice(at)}`;
}

const keyEndOf = (text: string, member: Member) => skipString(text, member.keyStart);

function leadOf(text: string, member: Member): string {
  let at = member.keyStart;
  while (isSpace(text[at - 1])) at -= 1;
  return text.slice(at, member.keyStart);
}
