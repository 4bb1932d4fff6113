import pino from 'pino';
import { expect, it } from 'vitest';
import { AppError } from '../contract/app-error';
import { REDACT } from './log';

const SECRET = 'hush-this-is-a-secret';

function logged(what: object): string {
  const lines: string[] = [];
  pino({ redact: REDACT }, { write: (line: string) => lines.push(line) }).error(what, 'words');
  return lines.join('');
}

it('hides credentials wherever an object that is logged whole may carry them', () => {
  const keys = { accessKeyId: SECRET, secretAccessKey: SECRET, sessionToken: SECRET };
  const cause = Object.assign(new Error('refused'), {
    config: { credentials: keys },
    request: { headers: { authorization: SECRET } },
  });
  for (const what of [
    keys,
    { settings: { databaseUrl: SECRET, password: SECRET } },
    { request: { headers: { authorization: SECRET, cookie: SECRET } } },
    { client: { config: { credentials: keys } } },
    { err: cause },
    { err: new AppError('access_denied', 'AWS refused.', { cause }) },
  ]) {
    const text = logged(what);
    expect(text).toContain('words');
    expect(text).not.toContain(SECRET);
  }
});
