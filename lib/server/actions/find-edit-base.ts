import 'server-only';
import type { EditRequest } from '@/lib/contract/actions';
import { AppError } from '@/lib/contract/app-error';
import type { Checkpoint } from '@/lib/contract/checkpoints';
import type { JobDetail } from '@/lib/contract/jobs';
import { getCheckpoint } from '../checkpoints/get-checkpoint';
import type { Deployment } from '../deployment';
import { getDescribedJob } from './get-described-job';

/** Where a new job starts and whose document it is made from; without a parent only a document by hand will do. */
export interface EditBase {
  source?: Checkpoint;
  parent?: JobDetail;
}

/** Throws AppError `not_found` for a checkpoint or template nobody knows, `bad_request` for a body that names none or both. */
export async function findEditBase(d: Deployment, region: string, body: EditRequest): Promise<EditBase> {
  const template = 'template' in body ? body.template : undefined;
  if ((body.from === undefined) === (template === undefined)) {
    throw new AppError('bad_request', 'Body field "from" or "template" must be given, and not both.', {
      field: 'from',
    });
  }
  if (template) {
    return { parent: await getDescribedJob(d, region, { jobCategory: 'AgentRFT', jobName: template.jobName }) };
  }
  if (!body.from) return {};
  const { checkpoint: source } = await getCheckpoint(d, region, body.from.group, body.from.version);
  if (!source.job) return { source };
  try {
    return { source, parent: await getDescribedJob(d, region, source.job) };
  } catch (error) {
    // A maker that neither catalog nor AWS knows: as good as none.
    if (error instanceof AppError && error.code === 'not_found') return { source };
    throw error;
  }
}
