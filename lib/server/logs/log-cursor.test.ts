import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../contract/app-error';
import { formatLogCursor, type LogCursor, parseLogCursor } from './log-cursor';

const scope = { region: 'us-west-2', jobCategory: 'AgentRFT', jobName: 'job-1', source: 'job' };
const older: LogCursor = { kind: 'older', before: 1_800_000_000_123 };
const search: LogCursor = { kind: 'search', from: 1, to: 2, window: 3, token: 'f/1"\u{1f600}' };

const refused = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    return error instanceof AppError && error.code === 'bad_request' && error.field === 'cursor';
  }
  return false;
};

describe('log cursors', () => {
  it('come back as they went, in characters that need no encoding in a URL', () => {
    const text = formatLogCursor({ ...scope, q: 'x' }, search);
    expect(text).toMatch(/^[\w.-]+$/);
    expect(parseLogCursor({ ...scope, q: 'x' }, text)).toEqual(search);
    expect(parseLogCursor(scope, formatLogCursor(scope, older))).toEqual(older);
  });

  it('are refused for another job, another region and other words', () => {
    const text = formatLogCursor(scope, older);
    expect(refused(() => parseLogCursor({ ...scope, jobName: 'job-10' }, text))).toBe(true);
    expect(refused(() => parseLogCursor({ ...scope, region: 'us-east-1' }, text))).toBe(true);
    expect(refused(() => parseLogCursor({ ...scope, q: 'x' }, text))).toBe(true);
    expect(refused(() => parseLogCursor({ ...scope, q: 'y' }, formatLogCursor({ ...scope, q: 'x' }, search)))).toBe(
      true,
    );
  });

  it('are refused when they are made up, whatever they say', () => {
    const [mark] = formatLogCursor(scope, older).split('.');
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(refused(() => parseLogCursor(scope, text))).toBe(true);
        const forged = `${mark}.${Buffer.from(text).toString('base64url')}`;
        expect(refused(() => parseLogCursor(scope, forged))).toBe(true);
      }),
    );
  });
});
