import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { ListCheckpointsQuery, ListCheckpointsResponse } from '@/lib/contract/checkpoints';
import type { JobRef } from '@/lib/contract/jobs';
import type { Deployment } from '../deployment';

/** The checkpoints attributed to one job, newest step first. */
export async function listJobCheckpoints(
  _d: Deployment,
  _region: string,
  _ref: JobRef,
  _query: ListCheckpointsQuery,
): Promise<ListCheckpointsResponse> {
  throw new AppError('catalog_unavailable', 'The catalog is not built yet.');
}
