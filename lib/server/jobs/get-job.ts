import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { GetJobResponse, JobRef } from '@/lib/contract/jobs';
import type { Deployment } from '../deployment';

/**
 * One job whole. From the catalog; a job it does not know is asked for at AWS once, however many ask at the same time.
 * Throws AppError `not_found` when AWS has no such job either.
 */
export async function getJob(_d: Deployment, _region: string, _ref: JobRef): Promise<GetJobResponse> {
  throw new AppError('catalog_unavailable', 'The catalog is not built yet.');
}
