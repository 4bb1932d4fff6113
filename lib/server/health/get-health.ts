import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { Health } from '@/lib/contract/health';
import type { Deployment } from '../deployment';

/** State of a deployment: catalog, account, and how far and how fresh the sync is. */
export async function getHealth(_d: Deployment): Promise<Health> {
  throw new AppError('catalog_unavailable', 'The catalog is not built yet.');
}
