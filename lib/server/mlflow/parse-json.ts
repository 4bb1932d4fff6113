import 'server-only';

/**
 * JSON as MLflow writes it: some of its routes write NaN and Infinity bare, which JSON does not know; they become texts.
 * Undefined for anything that is no JSON.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (!/NaN|Infinity/.test(text)) return undefined;
  }
  try {
    return JSON.parse(text.replace(/([:[,]\s*)(-?(?:NaN|Infinity))(?=\s*[,\]}])/g, '$1"$2"'));
  } catch {
    return undefined;
  }
}
