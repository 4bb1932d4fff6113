import 'server-only';
import type { ZodType } from 'zod';
import { AppError } from '../../contract/app-error';
import type { ErrorCode } from '../../contract/error-codes';
import type { InputPlace } from './describe-issues';
import { parseInput } from './parse-input';

/** A failure as a page shows it: plain words, no stack, safe to hand to the browser. */
export interface Problem {
  code: ErrorCode;
  message: string;
  hint?: string;
  field?: string;
}

export type Outcome<T> = { data: T; problem?: undefined } | { data?: undefined; problem: Problem };

/**
 * Runs what a page needs and turns a failure Cairn understands into a value. In a built app an error thrown to error.tsx
 * has lost its words, so pages show the problem themselves; anything else, also Next's own signals, is thrown on.
 */
export async function pageOutcome<T>(load: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { data: await load() };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, hint, field } = error;
    return { problem: { code, message, ...(hint ? { hint } : {}), ...(field ? { field } : {}) } };
  }
}

type RawPageParams = Record<string, string | string[] | undefined>;

/**
 * `params` or `searchParams` of a page, checked like the API's input; Next hands the parts of a path over still encoded.
 * Throws AppError `bad_request` that names the field: call it inside `pageOutcome`.
 */
export function parsePageParams<T>(schema: ZodType<T>, raw: RawPageParams, place: InputPlace = 'path'): T {
  const first = Object.entries(raw).flatMap(([key, value]) => {
    const text = Array.isArray(value) ? value[0] : value;
    if (text === undefined || (place === 'query' && text === '')) return [];
    return [[key, place === 'path' ? decode(key, text) : text] as const];
  });
  return parseInput(place, schema, Object.fromEntries(first));
}

function decode(field: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new AppError('bad_request', `Path part "${field}" is not encoded properly.`, { field, cause });
  }
}
