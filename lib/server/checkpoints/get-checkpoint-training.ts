import 'server-only';
import type { PackageRef } from '@/lib/contract/action-log';
import type { GetCheckpointTrainingResponse } from '@/lib/contract/checkpoints';
import type { JobDetail } from '@/lib/contract/jobs';
import { effectiveHyperparameters } from '@/lib/hyperparameters/effective-hyperparameters';
import { checkpointKeys, valuesAt } from '@/lib/metrics/checkpoint-keys';
import { listSeries } from '../catalog/metrics-store';
import type { Deployment } from '../deployment';
import { getJob } from '../jobs/get-job';
import { bringSeries, getMetricJob, inOrder, toAvailable } from '../metrics/get-metrics';
import { getCheckpoint } from './get-checkpoint';

/**
 * What the job that made a checkpoint measured at its step, and its LoRA settings. From the catalog; series it lacks are
 * read from MLflow once. Throws AppError `not_found` for a checkpoint nobody knows.
 */
export async function getCheckpointTraining(
  d: Deployment,
  region: string,
  ref: PackageRef,
): Promise<GetCheckpointTrainingResponse> {
  const { checkpoint, asOf, awsNow } = await getCheckpoint(d, region, ref.group, ref.version);
  const { job: maker, step } = checkpoint;
  if (!maker) return { unknown: 'job', metrics: [], asOf, awsNow };
  const [{ job }, metricJob] = await Promise.all([getJob(d, region, maker), getMetricJob(d, region, maker)]);
  const lora = loraOf(job);
  if (step === undefined) return { unknown: 'step', lora, metrics: [], asOf, awsNow };
  const keys = checkpointKeys(toAvailable(metricJob).map(({ key }) => key));
  const source = await bringSeries(d, region, metricJob, keys);
  const series = inOrder(keys, await listSeries(d.catalog, [metricJob.id], keys));
  return { lora, source, metrics: valuesAt(step, keys, series), asOf, awsNow };
}

function loraOf({ jobCategory, baseModel, config }: JobDetail): GetCheckpointTrainingResponse['lora'] {
  if (!config.parsed) return undefined;
  const all = effectiveHyperparameters(jobCategory, baseModel, config.parsed);
  const find = (name: string) => {
    const one = all.find((each) => each.name === name);
    return typeof one?.value === 'number' ? { value: one.value, isDefault: one.isDefault } : undefined;
  };
  const rank = find('lora_rank');
  const alpha = find('lora_alpha');
  return {
    rank: rank?.value,
    rankIsDefault: rank?.isDefault,
    alpha: alpha?.value,
    alphaIsDefault: alpha?.isDefault,
  };
}
