/** Indentation grows with the square of the depth: text nested deeper is left as it is. */
const MAX_DEPTH = 200;

/**
 * JSON text set out with two spaces a level, every literal as it was written: 1.0 stays 1.0. Expects text that JSON.parse
 * accepts; anything else comes back as it is.
 */
export function indentJson(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  let depth = 0;
  let result = '';
  const line = () => `\n${'  '.repeat(depth)}`;
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (token === '{' || token === '[') {
      depth += 1;
      if (depth > MAX_DEPTH) return text;
      result += token + (next === '}' || next === ']' ? '' : line());
    } else if (token === '}' || token === ']') {
      depth -= 1;
      const previous = tokens[index - 1];
      result += (previous === '{' || previous === '[' ? '' : line()) + token;
    } else if (token === ',') result += token + line();
    else result += token === ':' ? ': ' : token;
  }
  return result;
}
