import { describe, expect, it } from 'vitest';
import { isOfLevel, logLevel } from './log-level';

describe('the level of a line', () => {
  it.each([
    ['2026-11-20T08:00:00Z ERROR trainer: it broke', 'error'],
    ['2026-11-20T08:00:00Z WARN  rollout: slow', 'warn'],
    ['2026-11-20T08:00:00Z INFO  trainer: ERRORS are counted later', undefined],
    ['{"level":"ERROR","message":"no"}', 'error'],
    ['{"severity": "warning", "msg": "x"}', 'warn'],
    ['{"level":"INFO","message":"ValueError is only a word here"}', undefined],
    ['Traceback (most recent call last):', 'error'],
    ['botocore.exceptions.ClientError: An error occurred', 'error'],
    ['step 3 done', undefined],
    ['', undefined],
  ])('%s', (message, level) => {
    expect(logLevel(message)).toBe(level);
  });

  it('an error is among the warnings, a warning is not among the errors', () => {
    expect(isOfLevel('ERROR x', 'warn')).toBe(true);
    expect(isOfLevel('WARN x', 'error')).toBe(false);
    expect(isOfLevel('fine', 'warn')).toBe(false);
  });
});
