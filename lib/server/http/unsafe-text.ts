import 'server-only';

/** The field of the first text that no store can keep, and why. */
export interface UnsafeText {
  field: string;
  problem: string;
}

const MAX_VALUES = 10_000;

/**
 * Looks through a parsed value for text that PostgreSQL refuses: NUL characters and halves of surrogate pairs. Walks
 * with its own stack, so that a body of ten thousand nested brackets is an answer and not a stack overflow.
 */
export function findUnsafeText(value: unknown): UnsafeText | undefined {
  const open: Array<{ value: unknown; field: string }> = [{ value, field: '' }];
  for (let seen = 0; open.length > 0; seen++) {
    if (seen > MAX_VALUES) return { field: '', problem: `must hold at most ${MAX_VALUES} values` };
    const { value: current, field } = open.pop() ?? { value: undefined, field: '' };
    if (typeof current === 'string') {
      const problem = problemOf(current);
      if (problem) return { field, problem };
    } else if (typeof current === 'object' && current !== null) {
      for (const [key, child] of Object.entries(current)) {
        const problem = problemOf(key);
        if (problem) return { field, problem };
        open.push({
          value: child,
          field: field.length > 128 ? field : field ? `${field}.${key.slice(0, 64)}` : key.slice(0, 64),
        });
      }
    }
  }
  return undefined;
}

function problemOf(text: string): string | undefined {
  if (text.includes('\0')) return 'must not contain a NUL character';
  if (/\p{Surrogate}/u.test(text)) return 'must be well-formed Unicode';
  return undefined;
}
