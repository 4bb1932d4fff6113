import 'server-only';
import type { JobRequest } from '@/lib/actions/build-resume-request';
import { sameWork } from '@/lib/actions/same-work';
import { parsePackageArn } from '@/lib/checkpoints/package-arn';
import type { JobRef } from '@/lib/contract/jobs';
import { parseConfigDocument } from '@/lib/jobs/parse-config-document';
import { toJobFacts } from '@/lib/jobs/to-job-facts';
import { listDocumentsFrom } from '../catalog/documents-from';
import type { Scope } from '../catalog/scopes-store';
import type { Deployment } from '../deployment';

/** A job of the catalog that started from the same checkpoint and does the same, whatever its name. */
export async function findIdenticalJob(
  d: Deployment,
  region: string,
  scope: Scope,
  request: JobRequest,
): Promise<JobRef | undefined> {
  const { inputPackageArn } = toJobFacts(parseConfigDocument(request.JobConfigDocument).parsed);
  const input = inputPackageArn === undefined ? undefined : parsePackageArn(inputPackageArn);
  if (!input || scope.region !== region) return undefined;
  const others = await listDocumentsFrom(d.catalog, scope, input);
  return others.find(
    ({ job, raw }) => job.jobCategory === request.JobCategory && sameWork(raw, request.JobConfigDocument),
  )?.job;
}
