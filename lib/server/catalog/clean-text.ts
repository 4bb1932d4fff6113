import 'server-only';

// What JavaScript can hold in a text and PostgreSQL cannot: NUL characters and halves of surrogate pairs.
const UNSTORABLE = new RegExp(`${String.fromCharCode(0)}|\\p{Surrogate}`, 'gu');

/** A text as the catalog can keep it: what it cannot hold becomes the replacement character, everything else stays. */
export function cleanText<T extends string | undefined>(text: T): T {
  return (text === undefined ? undefined : text.replace(UNSTORABLE, '\uFFFD')) as T;
}

/** The same for every text inside a value that is kept as JSON. */
export function cleanJson<T>(value: T): T {
  if (typeof value === 'string') return cleanText(value) as T;
  if (Array.isArray(value)) return value.map(cleanJson) as T;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), cleanJson(inner)])) as T;
}
