import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOB_NAME_PATTERN } from '../contract/names';
import { proposeName } from './propose-name';

describe('proposeName', () => {
  it.each([
    ['run', 41, [], 'run-r2-s41'],
    ['run-r2-s41', 80, [], 'run-r3-s80'],
    ['run', 41, ['run-r2-s41'], 'run-r3-s41'],
    ['run', undefined, [], 'run-r2'],
    ['run-r2', 7, [], 'run-r3-s7'],
    ['a'.repeat(63), 41, [], `${'a'.repeat(56)}-r2-s41`],
    [`${'a'.repeat(55)}-bcdefgh`, 41, [], `${'a'.repeat(55)}-r2-s41`],
    ['strange_name', 1, [], 'strange-name-r2-s1'],
  ])('%s at %s with %j taken gives %s', (parent, step, taken, expected) => {
    expect(proposeName(parent, step, new Set(taken))).toBe(expected);
  });

  it.each([
    ['run', 'iterate', [], 'run-i2-s41'],
    ['run-i2-s80', 'iterate', [], 'run-i3-s41'],
    ['run-r3-s80', 'iterate', [], 'run-i2-s41'],
    ['run-i2-s80', 'evaluate', [], 'run-i2-s80-eval-s41'],
    ['run', 'evaluate', ['run-eval-s41'], 'run-eval2-s41'],
    ['run-eval', 'resume', [], 'run-r2-s41'],
  ] as const)('%s, %s, with %j taken gives %s', (parent, action, taken, expected) => {
    expect(proposeName(parent, 41, new Set<string>(taken), action)).toBe(expected);
  });

  it('is always a name AWS takes, free, and the same for everybody', () => {
    fc.assert(
      fc.property(fc.stringMatching(JOB_NAME_PATTERN), fc.nat(2000), fc.nat(4), (parent, step, others) => {
        const taken = new Set<string>();
        for (let i = 0; i < others; i += 1) taken.add(proposeName(parent, step, taken));
        const name = proposeName(parent, step, taken);
        expect(name).toMatch(JOB_NAME_PATTERN);
        expect(name.length).toBeLessThanOrEqual(63);
        expect(taken.has(name)).toBe(false);
        expect(proposeName(parent, step, new Set(taken))).toBe(name);
      }),
    );
  });
});
