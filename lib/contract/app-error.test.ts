import { expect, it, vi } from 'vitest';
import { AppError } from './app-error';

it('is known by every copy of its class, and nothing else is', async () => {
  vi.resetModules();
  const copy = await import('./app-error');
  expect(copy.AppError).not.toBe(AppError);
  const error = new copy.AppError('not_found', 'gone');
  expect(error instanceof AppError).toBe(true);
  expect(error).toBeInstanceOf(Error);
  for (const other of [new Error('x'), { code: 'not_found' }, null, undefined, 'AppError']) {
    expect(other instanceof AppError).toBe(false);
  }
});
