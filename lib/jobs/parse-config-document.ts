import { asRecord } from './parse-value';

/** A config document opened, or why it could not be. */
export type ParsedDocument =
  | { parsed: Record<string, unknown>; problem?: undefined }
  | { parsed?: undefined; problem: string };

/** Opens the text of JobConfigDocument. Never throws: a broken document costs its own fields and nothing else. */
export function parseConfigDocument(raw: string | undefined): ParsedDocument {
  if (raw === undefined || raw.trim() === '') return { problem: 'AWS returned no config document for this job.' };
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return { problem: 'The config document that AWS returned is not JSON.' };
  }
  const parsed = asRecord(value);
  return parsed ? { parsed } : { problem: 'The config document that AWS returned is not a JSON object.' };
}
