import { describe, expect, it } from 'vitest';
import type { Check } from '../contract/actions';
import { sortChecks, summarizeChecks } from './check-summary';

const check = (id: string, state: Check['state']): Check => ({ id, state, title: id, detail: '' });
const checks = [check('a', 'pass'), check('b', 'unknown'), check('c', 'fail'), check('d', 'warn'), check('e', 'pass')];

describe('the summary of checks', () => {
  it('puts what needs a look first and keeps the order otherwise', () => {
    expect(sortChecks(checks).map((c) => c.id)).toEqual(['c', 'd', 'b', 'a', 'e']);
  });

  it('counts the states that occur', () => {
    expect(summarizeChecks(checks)).toBe('2 passed, 1 could not be checked, 1 warning, 1 failed');
    expect(summarizeChecks([check('a', 'pass')])).toBe('1 passed');
  });
});
