import { parsePackageArn } from '../checkpoints/package-arn';

/** A package that a job's ServiceOutput names, and under which key: `OutputModelPackageArn`, `ModelCheckpoint.Arn`. */
export interface NamedPackage {
  packageArn: string;
  key: string;
}

/** What a job started from is not what it made. */
const INPUT_KEY = /input|source|parent|base|resum(ed|ing)?from|startfrom/i;
const MAX_DEPTH = 6;
const MAX_FOUND = 200;

/**
 * Every package ARN in ServiceOutput, wherever it stands. The docs name `ResumableCheckpoint` and `ModelCheckpoint`
 * without a place or a type, so a text and an object are both taken, at any depth; keys that speak of inputs are not.
 */
export function toNamedPackages(serviceOutput: Record<string, unknown> | undefined): NamedPackage[] {
  const found = new Map<string, NamedPackage>();
  const walk = (value: unknown, path: string[], depth: number) => {
    if (found.size >= MAX_FOUND || depth > MAX_DEPTH) return;
    if (typeof value === 'string') {
      if (parsePackageArn(value) && !found.has(value)) {
        found.set(value, { packageArn: value, key: path.join('.') });
      }
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (INPUT_KEY.test(key)) continue;
      walk(inner, Array.isArray(value) ? path : [...path, key], depth + 1);
    }
  };
  walk(serviceOutput, [], 0);
  return [...found.values()];
}
