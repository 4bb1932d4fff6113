import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { GetCheckpointResponse } from '@/lib/contract/checkpoints';
import type { Deployment } from '../deployment';

/** One checkpoint with its twin and the jobs made from it. Throws AppError `not_found`. */
export async function getCheckpoint(
  _d: Deployment,
  _region: string,
  _group: string,
  _version: number,
): Promise<GetCheckpointResponse> {
  throw new AppError('catalog_unavailable', 'The catalog is not built yet.');
}
