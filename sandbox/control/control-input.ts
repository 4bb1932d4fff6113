/** A request to the control plane that cannot be understood; answered as 400 with the message. */
export class ControlError extends Error {}

export function parseControlBody(body: string): Record<string, unknown> {
  if (body.trim() === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new ControlError('the body is not valid JSON');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ControlError('the body must be a JSON object');
  }
  return parsed as Record<string, unknown>;
}

export function optionalText(input: Record<string, unknown>, name: string): string | undefined {
  const value = input[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw new ControlError(`${name} must be a text`);
  return value;
}

export function optionalNumber(input: Record<string, unknown>, name: string): number | undefined {
  const value = input[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new ControlError(`${name} must be a number`);
  return value;
}

export function optionalChoice<T extends string>(input: Record<string, unknown>, name: string, choices: readonly T[]) {
  const value = optionalText(input, name);
  if (value === undefined) return undefined;
  if (!choices.includes(value as T)) throw new ControlError(`${name} must be one of ${choices.join(', ')}`);
  return value as T;
}

export function optionalObject(input: Record<string, unknown>, name: string): Record<string, unknown> | undefined {
  const value = input[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ControlError(`${name} must be an object`);
  }
  return value as Record<string, unknown>;
}

/** An object whose values are all texts. */
export function optionalTexts(input: Record<string, unknown>, name: string): Record<string, string> | undefined {
  const value = optionalObject(input, name);
  if (value && Object.values(value).some((entry) => typeof entry !== 'string')) {
    throw new ControlError(`${name} must hold texts only`);
  }
  return value as Record<string, string> | undefined;
}

/** Refuses members nobody reads: a misspelt option must not be silently ignored. */
export function refuseUnknown(input: Record<string, unknown>, known: readonly string[]): void {
  const unknown = Object.keys(input).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new ControlError(`unknown: ${unknown.join(', ')}; known: ${known.join(', ')}`);
}
