import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { Health } from '@/lib/contract/health';

/** What `GET /api/health` answers: also while the catalog is not open, or never will be. Never throws. */
export async function getProcessHealth(): Promise<Health> {
  throw new AppError('catalog_unavailable', 'The catalog is not built yet.');
}
