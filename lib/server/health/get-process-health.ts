import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { Health } from '@/lib/contract/health';
import { version } from '@/package.json';
import { deployment } from '../deployment';
import { getHealth } from './get-health';

/** What `GET /api/health` answers: also while the catalog is not open, or never will be. Never throws. */
export async function getProcessHealth(): Promise<Health> {
  try {
    return await getHealth(await deployment());
  } catch (error) {
    const now = new Date().toISOString();
    const { code, message, hint } =
      error instanceof AppError
        ? error
        : new AppError('internal', 'Cairn could not read its own state.', { hint: 'The server log says why.' });
    return {
      status: 'unavailable',
      version,
      mode: 'aws',
      regions: [],
      catalog: { kind: 'pglite', ok: false, error: message },
      sync: { error: { code, message, hint, scope: 'catalog', since: now, lastAt: now }, regions: [] },
      awsNow: now,
      serverNow: now,
    };
  }
}
