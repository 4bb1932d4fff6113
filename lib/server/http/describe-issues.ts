import 'server-only';
import type { core } from 'zod';

/** Where a value came from; it starts the sentence that names the field. */
export type InputPlace = 'path' | 'query' | 'body';

const PLACES: Record<InputPlace, string> = { path: 'Path part', query: 'Query parameter', body: 'Body field' };

/** The field an issue is about, as the caller wrote it: `limit`, `from.version`, `tags[0].key`. */
function fieldOf(issue: core.$ZodIssue): string {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const name = clip(String(part));
    return text ? `${text}.${name}` : name;
  }, '');
}

/** What is wrong, as the end of a sentence that began with the field. Messages of our own schemas are kept. */
function problemOf(issue: core.$ZodIssue): string {
  if (issue.message.startsWith('must ')) return issue.message;
  switch (issue.code) {
    case 'too_big':
      return `must be at most ${issue.maximum}${unitOf(issue.origin)}`;
    case 'too_small':
      if (issue.origin === 'string' && Number(issue.minimum) === 1) return 'must not be empty';
      return `must be at least ${issue.minimum}${unitOf(issue.origin)}`;
    case 'invalid_type':
      // Zod drops the value before it reports (rightly), so that its own words are the only trace of a missing one.
      if (issue.message.endsWith('received undefined')) return 'is missing';
      return issue.expected === 'int' ? 'must be a whole number' : `must be of type ${issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return issue.format === 'datetime'
        ? 'must be a time in ISO 8601, such as 2026-11-22T08:00:00Z'
        : `must be a valid ${issue.format}`;
    case 'unrecognized_keys':
      return 'is not known here';
    default:
      return 'is not valid';
  }
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  if (origin === 'array') return ' entries';
  return '';
}

function clip(text: string): string {
  return text.length > 64 ? `${text.slice(0, 64)}…` : text;
}

/**
 * One message out of a failed check that names the fields and what is wrong with them, three at most; `field` is the
 * first. Values are never repeated: they may be a megabyte, or a secret pasted into the wrong box.
 */
export function describeIssues(
  place: InputPlace,
  issues: readonly core.$ZodIssue[],
): { message: string; field: string } {
  const sentences = issues.slice(0, 3).map((issue) => {
    const field = fieldOf(issue);
    return field ? `${PLACES[place]} "${field}" ${problemOf(issue)}.` : `The ${place} ${problemOf(issue)}.`;
  });
  const [first] = issues;
  return { message: sentences.join(' '), field: (first && fieldOf(first)) || place };
}
