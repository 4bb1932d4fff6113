import type { Check } from '../contract/actions';

const ORDER: Check['state'][] = ['fail', 'warn', 'unknown', 'pass'];

/** What needs a look first, then what passed; inside a state the order of the plan. */
export function sortChecks(checks: Check[]): Check[] {
  return [...checks].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
}

/** `11 passed, 1 failed, 2 could not be checked`: the states that occur, worst last so that it is remembered. */
export function summarizeChecks(checks: Check[]): string {
  const count = (state: Check['state']) => checks.filter((check) => check.state === state).length;
  const parts = [
    [count('pass'), 'passed'],
    [count('unknown'), 'could not be checked'],
    [count('warn'), count('warn') === 1 ? 'warning' : 'warnings'],
    [count('fail'), 'failed'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ');
}
