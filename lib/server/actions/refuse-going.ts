import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { Catalog } from '../catalog/catalog';
import { isGoing } from '../catalog/prune-runs';
import type { Scope } from '../catalog/scopes-store';

/** Throws AppError `unprocessable` for a checkpoint that a clean-up is deleting this moment, or that is gone. */
export async function refuseGoing(
  catalog: Catalog,
  scope: Scope,
  ref: { group: string; version: number },
): Promise<void> {
  if (!(await isGoing(catalog, scope, ref))) return;
  throw new AppError('unprocessable', `${ref.group}/${ref.version} is being deleted by a clean-up, or was.`, {
    hint: 'Choose another checkpoint.',
  });
}
