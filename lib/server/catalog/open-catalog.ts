import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { Settings } from '../env';
import type { Catalog } from './catalog';

/** Opens the catalog and brings its tables up to date. */
export async function openCatalog(_settings: Settings): Promise<Catalog> {
  throw new AppError('catalog_unavailable', 'The catalog is not built yet.');
}
