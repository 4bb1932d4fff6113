import 'server-only';

const BOUND_HOST = Symbol.for('cairn.boundHost');

/**
 * The address the server really listens on, as the program that opened the port wrote it down; undefined when Cairn was
 * started another way (`next start`), so that nobody can tell who reaches it.
 */
export function boundHost(): string | undefined {
  const value: unknown = (globalThis as { [BOUND_HOST]?: unknown })[BOUND_HOST];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
