import { CreateJobCommand, DescribeJobCommand, type JobCategory } from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../start-sandbox';
import type { JsonObject } from '../world/types';
import { type Clients, clientsFor } from './clients';
import { createJobRequest, GROUPS, requestWith, resumeRequest } from './job-requests';

describe('starting from a checkpoint', () => {
  let sandbox: RunningSandbox;
  let clients: Clients;
  let parentDocument: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ scenario: 'empty', speed: 0, now: '2026-11-22T12:00:00Z' });
    clients = clientsFor(sandbox.url);
    await sandbox.control.seedJob({
      name: 'parent',
      outcome: 'failed',
      steps: 30,
      failAtStep: 20,
      startedAgo: '20h',
      groups: GROUPS,
    });
    await sandbox.control.setQuota({ training: 20, evaluation: 20 });
    parentDocument = (await describeJob('parent')).JobConfigDocument ?? '';
  });
  afterAll(async () => {
    clients.destroy();
    await sandbox.close();
  });

  const describeJob = (name: string, category: JobCategory = 'AgentRFT') =>
    clients.sagemaker.send(new DescribeJobCommand({ JobName: name, JobCategory: category }));

  async function checkpoint(step: number, kind: 'resumable' | 'model'): Promise<string> {
    const { packages } = await sandbox.control.truth();
    const found = packages.find(([, , what, job, , at]) => what === kind && job === 'parent' && at === step);
    return `arn:aws:sagemaker:us-west-2:123456789012:model-package/${found?.[0]}/${found?.[1]}`;
  }

  it('resumes with nothing changed, at the next step', async () => {
    const request = resumeRequest('resumed', parentDocument, await checkpoint(20, 'resumable'));
    await clients.sagemaker.send(new CreateJobCommand(request));
    await sandbox.control.advance('15m');
    const { parent } = (await sandbox.control.truth()).jobs.find((job) => job.name === 'resumed') ?? {};
    expect(parent).toEqual({ kind: 'resume', job: 'parent', step: 20 });
    await sandbox.control.advance('3h');
    expect((await describeJob('resumed')).JobStatus).toBe('Completed');
    const steps = (await sandbox.control.truth()).packages.flatMap(([, , kind, job, , step]) =>
      job === 'resumed' && kind === 'resumable' ? [step] : [],
    );
    expect(steps).toEqual([21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
  });

  it.each<[string, (document: JsonObject) => JsonObject, RegExp]>([
    [
      'a hyperparameter',
      (document) => ({
        ...document,
        TrainingConfig: withHyperParameters(document, { learning_rate: 9e-6 }),
      }),
      /Changed: HyperParameters\.learning_rate/,
    ],
    [
      'LoRA',
      (document) => ({ ...document, TrainingConfig: withHyperParameters(document, { lora_rank: 16 }) }),
      /Changed: HyperParameters\.lora_rank/,
    ],
    [
      'the data',
      (document) => {
        const channels = structuredClone(document.InputDataConfig) as Array<{
          DataSource: { S3DataSource: { S3Uri: string } };
        }>;
        for (const channel of channels)
          channel.DataSource.S3DataSource.S3Uri = 's3://example-mtrl-data/other/x.parquet';
        return { ...document, InputDataConfig: channels as unknown as JsonObject[] };
      },
      /Changed: InputDataConfig/,
    ],
    [
      'the base model',
      (document) => {
        const training = document.TrainingConfig as JsonObject;
        const BaseModelArn = String(training.BaseModelArn).replace(
          'openai-reasoning-gpt-oss-20b',
          'huggingface-vlm-qwen3-6-27b',
        );
        return { ...document, TrainingConfig: { ...training, BaseModelArn } };
      },
      /base model/,
    ],
  ])('refuses to resume with %s changed', async (_, change, message) => {
    const request = resumeRequest('refused', parentDocument, await checkpoint(20, 'resumable'));
    const document = change(JSON.parse(request.JobConfigDocument ?? '') as JsonObject);
    await expect(
      clients.sagemaker.send(new CreateJobCommand(requestWith('refused', 'AgentRFT', document))),
    ).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringMatching(message) });
  });

  it('iterates from a model checkpoint with other hyperparameters, from step 1', async () => {
    const request = createJobRequest('iterated', { inputPackageArn: await checkpoint(18, 'model') });
    await clients.sagemaker.send(new CreateJobCommand(request));
    const { parent } = (await sandbox.control.truth()).jobs.find((job) => job.name === 'iterated') ?? {};
    expect(parent).toEqual({ kind: 'iterate', job: 'parent', step: 18 });
  });

  it('evaluates a model checkpoint, but not a resumable one, and nothing that is not there', async () => {
    const evaluation = async (name: string, inputPackageArn: string) =>
      clients.sagemaker.send(
        new CreateJobCommand(createJobRequest(name, { category: 'AgentRFTEvaluation', inputPackageArn })),
      );
    await evaluation('scored', await checkpoint(20, 'model'));
    await sandbox.control.advance('1h');
    expect((await describeJob('scored', 'AgentRFTEvaluation')).JobStatus).toBe('Completed');
    await expect(evaluation('not-this', await checkpoint(20, 'resumable'))).rejects.toMatchObject({
      message: expect.stringContaining('resumable checkpoint'),
    });
    await expect(
      evaluation('nor-that', `arn:aws:sagemaker:us-west-2:123456789012:model-package/${GROUPS.output}/9999`),
    ).rejects.toMatchObject({ message: expect.stringContaining('does not exist') });
  });

  it('refuses groups that are the same or not there', async () => {
    const same = createJobRequest('same', { outputGroup: GROUPS.output, intermediateGroup: GROUPS.output });
    await expect(clients.sagemaker.send(new CreateJobCommand(same))).rejects.toMatchObject({
      message: expect.stringContaining('must name different model package groups'),
    });
    const none = createJobRequest('none', { outputGroup: 'nobody-made-this' });
    await expect(clients.sagemaker.send(new CreateJobCommand(none))).rejects.toMatchObject({
      message: expect.stringContaining('does not exist'),
    });
  });
});

function withHyperParameters(document: JsonObject, changed: JsonObject): JsonObject {
  const training = document.TrainingConfig as JsonObject;
  return { ...training, HyperParameters: { ...(training.HyperParameters as JsonObject), ...changed } };
}
