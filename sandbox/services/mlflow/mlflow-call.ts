import type { Sandbox } from '../../sandbox';
import type { MlflowAccess } from './access';
import { invalid } from './mlflow-error';

/** One call of the tracking API, let in and read. */
export interface MlflowCall {
  sandbox: Sandbox;
  access: MlflowAccess;
  now: number;
  /** The query string of a GET. */
  query: URLSearchParams;
  /** The JSON of a POST. */
  body: Readonly<Record<string, unknown>>;
  /** What stands in the variable parts of the path. */
  params: readonly string[];
}

/** Answers a call; the value becomes JSON. Throws what `mlflow-error.ts` makes. */
export type MlflowOperation = (call: MlflowCall) => unknown;

/** A query parameter that must be there. */
export function requiredParam(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value === null || value === '') throw invalid(`Missing value for required parameter '${name}'.`);
  return value;
}

/** A whole number in a query, or undefined. */
export function wholeParam(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null || value === '') return undefined;
  if (!/^-?\d+$/.test(value)) throw invalid(`Invalid value ${value} for parameter '${name}': must be an integer.`);
  return Number(value);
}

export function bodyText(body: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(`Invalid value for parameter '${name}': must be a string.`);
  return value;
}

export function bodyTexts(body: Readonly<Record<string, unknown>>, name: string): string[] {
  const value = body[name] ?? [];
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
    throw invalid(`Invalid value for parameter '${name}': must be a list of strings.`);
  }
  return value as string[];
}

export function bodyWhole(body: Readonly<Record<string, unknown>>, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) {
    throw invalid(`Invalid value for parameter '${name}': must be an integer.`);
  }
  return number;
}

/** A page size between 1 and a bound. */
export function pageSize(wanted: number | undefined, fallback: number, most: number): number {
  const size = wanted ?? fallback;
  if (size < 1 || size > most) {
    throw invalid(`Invalid value ${size} for parameter 'max_results' supplied: It must be between 1 and ${most}.`);
  }
  return size;
}

/** MLflow's page tokens name an offset, so what is added in front shifts the pages; kept so on purpose. */
export function cutOffsetPage<T>(
  items: readonly T[],
  size: number,
  token: string | null | undefined,
): { items: T[]; next?: string } {
  const offset = readOffset(token);
  const page = items.slice(offset, offset + size);
  return offset + size < items.length ? { items: page, next: formatOffset(offset + size) } : { items: page };
}

export const formatOffset = (offset: number) => Buffer.from(JSON.stringify({ offset })).toString('base64');

export function readOffset(token: string | null | undefined): number {
  if (token === null || token === undefined || token === '') return 0;
  try {
    const { offset } = JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as { offset?: unknown };
    if (typeof offset === 'number' && Number.isInteger(offset) && offset >= 0) return offset;
  } catch {
    // Falls through to the one refusal.
  }
  throw invalid('Invalid page token, could not base64-decode.');
}

/** An empty list is left out of an answer, as protobuf's JSON does. */
export function orNothing<T>(items: T[]): T[] | undefined {
  return items.length > 0 ? items : undefined;
}
