import type { DiffEntry } from '../contract/actions';
import type { JobRequest } from './build-resume-request';
import { equalJson } from './equal-json';

/**
 * What differs between two CreateJob inputs, the config documents opened: one entry per smallest value that was added,
 * removed or changed, in the order of the first request. Arrays are compared by index. A key that is not a plain word
 * is quoted in brackets. A document that is not JSON is compared as one text.
 */
export function diffRequests(before: JobRequest, after: JobRequest): DiffEntry[] {
  return diffValues('', open(before), open(after));
}

function open(request: JobRequest): Record<string, unknown> {
  const { JobConfigDocument: text, ...rest } = request;
  return { ...rest, JobConfigDocument: parseJson(text) ?? text };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isBranch = (value: unknown): value is object => typeof value === 'object' && value !== null;

function diffValues(path: string, before: unknown, after: unknown): DiffEntry[] {
  if (equalJson(before, after)) return [];
  if (!isBranch(before) || !isBranch(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [{ path, kind: 'changed', before, after }];
  }
  const left = new Map(Object.entries(before));
  const right = new Map(Object.entries(after));
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key): DiffEntry[] => {
    const at = joinPath(path, key);
    if (!left.has(key)) return [{ path: at, kind: 'added', after: right.get(key) }];
    if (!right.has(key)) return [{ path: at, kind: 'removed', before: left.get(key) }];
    return diffValues(at, left.get(key), right.get(key));
  });
}

function joinPath(path: string, key: string): string {
  if (!/^[A-Za-z0-9_-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}
