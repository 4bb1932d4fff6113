import { AwsError, validationError } from './aws-error';

// A small declarative reader of awsJson inputs. It says what AWS says when a member is missing, too long or misspelt:
// all constraint failures of one request in one message, wrong JSON types as SerializationException.

export interface Field<T, Required extends boolean = boolean> {
  required: Required;
  read(value: unknown, path: string, problems: string[]): T;
}
type Shape = Record<string, Field<unknown>>;
type Read<F> = F extends Field<infer T, infer Required> ? (Required extends true ? T : T | undefined) : never;
export type InputOf<S extends Shape> = { [K in keyof S]: Read<S[K]> };

/** Reads the members of `shape`; unknown members are ignored, as AWS does. Throws ValidationException. */
export function readInput<S extends Shape>(input: Readonly<Record<string, unknown>>, shape: S): InputOf<S> {
  const problems: string[] = [];
  const result = readMembers(input, shape, '', problems);
  if (problems.length > 0) {
    const noun = problems.length === 1 ? 'validation error' : 'validation errors';
    throw validationError(`${problems.length} ${noun} detected: ${problems.join('; ')}`);
  }
  return result as InputOf<S>;
}

function readMembers(input: Readonly<Record<string, unknown>>, shape: Shape, prefix: string, problems: string[]) {
  const result: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(shape)) {
    const path = prefix + lowerFirst(name);
    const value = input[name];
    if (value === undefined || value === null) {
      if (field.required)
        problems.push(`Value null at '${path}' failed to satisfy constraint: Member must not be null`);
      continue;
    }
    result[name] = field.read(value, path, problems);
  }
  return result;
}

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
const failed = (value: unknown, path: string, constraint: string) =>
  `Value '${String(value)}' at '${path}' failed to satisfy constraint: ${constraint}`;
const wrongType = (expected: string) =>
  new AwsError('SerializationException', `class of the value can not be converted to ${expected}`);

export interface TextRule {
  min?: number;
  max?: number;
  pattern?: RegExp;
}

/** A string. The pattern is matched against the whole value, as AWS does. */
export function text(rule: TextRule = {}): Field<string, false> {
  return {
    required: false,
    read(value, path, problems) {
      if (typeof value !== 'string') throw wrongType('a String');
      if (rule.max !== undefined && value.length > rule.max) {
        problems.push(failed(value.slice(0, 200), path, `Member must have length less than or equal to ${rule.max}`));
      }
      if (rule.min !== undefined && value.length < rule.min) {
        problems.push(failed(value, path, `Member must have length greater than or equal to ${rule.min}`));
      }
      if (rule.pattern && !new RegExp(`^(?:${rule.pattern.source})$`, rule.pattern.flags).test(value)) {
        problems.push(
          failed(value.slice(0, 200), path, `Member must satisfy regular expression pattern: ${rule.pattern.source}`),
        );
      }
      return value;
    },
  };
}

export function oneOf<const T extends string>(values: readonly T[]): Field<T, false> {
  return {
    required: false,
    read(value, path, problems) {
      if (typeof value !== 'string') throw wrongType('a String');
      if (!values.includes(value as T)) {
        problems.push(failed(value, path, `Member must satisfy enum value set: [${values.join(', ')}]`));
      }
      return value as T;
    },
  };
}

export function whole(rule: { min: number; max?: number }): Field<number, false> {
  return {
    required: false,
    read(value, path, problems) {
      if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType('an Integer');
      if (rule.max !== undefined && value > rule.max) {
        problems.push(failed(value, path, `Member must have value less than or equal to ${rule.max}`));
      }
      if (value < rule.min) {
        problems.push(failed(value, path, `Member must have value greater than or equal to ${rule.min}`));
      }
      return value;
    },
  };
}

/** Epoch seconds on the wire, epoch milliseconds here. */
export function time(): Field<number, false> {
  return {
    required: false,
    read(value) {
      if (typeof value !== 'number' || !Number.isFinite(value)) throw wrongType('a Timestamp');
      return Math.round(value * 1000);
    },
  };
}

export function flag(): Field<boolean, false> {
  return {
    required: false,
    read(value) {
      if (typeof value !== 'boolean') throw wrongType('a Boolean');
      return value;
    },
  };
}

export function listOf<T>(item: Field<T>, rule: { min?: number; max: number }): Field<T[], false> {
  return {
    required: false,
    read(value, path, problems) {
      if (!Array.isArray(value)) throw wrongType('a List');
      if (value.length > rule.max) {
        problems.push(
          failed(`[${value.length} items]`, path, `Member must have length less than or equal to ${rule.max}`),
        );
      }
      if (rule.min !== undefined && value.length < rule.min) {
        problems.push(failed('[]', path, `Member must have length greater than or equal to ${rule.min}`));
      }
      return value.map((entry, i) => item.read(entry, `${path}.${i + 1}.member`, problems));
    },
  };
}

export function structure<S extends Shape>(shape: S): Field<InputOf<S>, false> {
  return {
    required: false,
    read(value, path, problems) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType('a Structure');
      return readMembers(value as Record<string, unknown>, shape, `${path}.`, problems) as InputOf<S>;
    },
  };
}

export function mapOf(rule: { max: number }): Field<Record<string, string>, false> {
  return {
    required: false,
    read(value, path, problems) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType('a Map');
      const entries = Object.entries(value as Record<string, unknown>);
      if (entries.length > rule.max) {
        problems.push(failed(`{${entries.length}}`, path, `Member must have length less than or equal to ${rule.max}`));
      }
      if (entries.some(([, v]) => typeof v !== 'string')) throw wrongType('a String');
      return Object.fromEntries(entries) as Record<string, string>;
    },
  };
}

/** The same field, but it must be there. */
export function must<T>(field: Field<T>): Field<T, true> {
  return { ...field, required: true };
}
