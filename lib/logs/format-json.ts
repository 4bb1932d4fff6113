/** JSON inside a log message: what stands before it, and the JSON as it was written. */
export interface JsonInLine {
  before: string;
  json: string;
}

/** Whether it is worth looking for JSON: cheap enough for every line that is drawn. */
export function mayHoldJson(message: string): boolean {
  const end = message.trimEnd();
  return (end.endsWith('}') && end.includes('{')) || (end.endsWith(']') && end.trimStart().startsWith('['));
}

/** The object or list a message consists of, or ends with; undefined when there is none. */
export function findJson(message: string): JsonInLine | undefined {
  const text = message.trimEnd();
  if (!mayHoldJson(text)) return undefined;
  const trimmed = text.trimStart();
  const start = trimmed.startsWith('[') ? text.indexOf('[') : text.indexOf('{');
  const json = text.slice(start);
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? { before: text.slice(0, start), json } : undefined;
  } catch {
    return undefined;
  }
}

const INDENT = '  ';
const MAX_DEPTH = 60;
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/**
 * JSON over several lines, each member on its own, every token as it was written: a number with twenty digits keeps them all,
 * which reading and writing it again would not. The text must be JSON.
 */
export function formatJson(json: string): string {
  const tokens = json.match(TOKEN) ?? [];
  let out = '';
  let depth = 0;
  const line = () => `\n${INDENT.repeat(Math.min(depth, MAX_DEPTH))}`;
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1];
    if (token === '{' || token === '[') {
      depth += 1;
      const empty = next === '}' || next === ']';
      out += empty ? token : token + line();
    } else if (token === '}' || token === ']') {
      depth -= 1;
      const before = tokens[i - 1];
      out += before === '{' || before === '[' ? token : line() + token;
    } else if (token === ',') out += token + line();
    else if (token === ':') out += ': ';
    else out += token;
  }
  return out;
}
