import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCheckpointTrainingResponseSchema } from '@/lib/contract/checkpoints';
import type { JobRef } from '@/lib/contract/jobs';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { getJob } from '../jobs/get-job';
import { getMetrics } from '../metrics/get-metrics';
import { getCheckpointTraining } from './get-checkpoint-training';
import { listJobCheckpoints } from './list-job-checkpoints';

let t: TestDeployment;

beforeAll(async () => {
  t = await startTestDeployment({ scenario: 'team-month' });
  await t.d.sync.runUntilIdle();
});
afterAll(() => t?.close());

const must = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('not found');
  return value;
};
/** A training job that is over and has many checkpoints. */
const finished = async (): Promise<JobRef> => {
  const { jobs, packages } = await t.control.truth();
  const made = (name: string) =>
    packages.filter(([, , , job, category]) => job === name && category === 'AgentRFT').length;
  const { name } = must(
    jobs.find((job) => job.category === 'AgentRFT' && job.status === 'Completed' && made(job.name) > 40),
  );
  return { jobCategory: 'AgentRFT', jobName: name };
};
const training = async (ref: { group: string; version: number }) =>
  getCheckpointTrainingResponseSchema.parse(
    JSON.parse(JSON.stringify(await getCheckpointTraining(t.d, REGION, { group: ref.group, version: ref.version }))),
  );

describe('getCheckpointTraining', () => {
  it('tells what the job measured at that very step, and its LoRA settings', async () => {
    const ref = await finished();
    const { checkpoints } = await listJobCheckpoints(t.d, REGION, ref, { limit: 100, kind: 'model' });
    const one = must(checkpoints.find(({ step }) => (step ?? 0) > 10));
    const answer = await training(one);
    const { series } = await getMetrics(t.d, REGION, ref, ['rollout/reward/mean', 'val/reward/mean']);
    const [reward, validation] = series;
    const at = must(reward?.steps.indexOf(must(one.step)));
    expect(answer.metrics.find(({ key }) => key === 'rollout/reward/mean')).toEqual({
      key: 'rollout/reward/mean',
      step: one.step,
      value: reward?.values[at],
    });
    const measured = answer.metrics.find(({ key }) => key === 'val/reward/mean');
    expect(validation?.steps).toContain(measured?.step);
    expect(measured?.step).toBeLessThanOrEqual(must(one.step));
    const { job } = await getJob(t.d, REGION, ref);
    expect(answer.lora?.rank).toBeGreaterThan(0);
    expect(job.config.raw).toContain('HyperParameters');
    expect(answer.source?.state).toBe('ready');
  });

  it('asks MLflow nothing a second time for a job that is over', async () => {
    const { checkpoints } = await listJobCheckpoints(t.d, REGION, await finished(), { limit: 2 });
    await training(must(checkpoints[0]));
    await t.control.resetCalls();
    await training(must(checkpoints[0]));
    expect((await t.control.calls()).total).toBe(0);
  });

  it('says that it can tell nothing of a checkpoint no job is known for', async () => {
    const { packages } = await t.control.truth();
    const [group, version] = must(packages.find(([, , , maker]) => maker === null));
    expect(await training({ group, version })).toMatchObject({ unknown: 'job', metrics: [] });
  });
});
