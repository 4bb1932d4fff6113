import { asRecord } from './parse-value';

/** A config document opened, or why it could not be. */
export type ParsedDocument =
  | { parsed: Record<string, unknown>; problem?: undefined }
  | { parsed?: undefined; problem: string };

/** Documented documents are five deep. Writing out JSON that is thousands deep overflows the stack. */
const MAX_DEPTH = 100;

/** Opens the text of JobConfigDocument. Never throws: a broken document costs its own fields and nothing else. */
export function parseConfigDocument(raw: string | undefined): ParsedDocument {
  if (raw === undefined || raw.trim() === '') return { problem: 'AWS returned no config document for this job.' };
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return { problem: 'The config document that AWS returned is not JSON.' };
  }
  if (nestsBeyond(value, MAX_DEPTH)) {
    return { problem: `The config document that AWS returned is nested deeper than ${MAX_DEPTH} levels.` };
  }
  const parsed = asRecord(value);
  return parsed ? { parsed } : { problem: 'The config document that AWS returned is not a JSON object.' };
}

/** Level by level, not by recursion: the depth is what cannot be trusted. */
function nestsBeyond(value: unknown, limit: number): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}
