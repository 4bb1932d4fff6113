import { describe, expect, it } from 'vitest';
import {
  durationEnd,
  parentWords,
  progressWords,
  rolloutWords,
  rowFingerprint,
  shortDataset,
  tokenWords,
  totalTokens,
} from './row-facts';

const job = {
  region: 'us-west-2',
  jobName: 'support-1',
  jobCategory: 'AgentRFT' as const,
  jobArn: 'arn:aws:sagemaker:us-west-2:123456789012:job/agentrft/support-1',
  jobStatus: 'InProgress',
  secondaryStatus: 'Training',
  creationTime: '2026-06-03T10:00:00Z',
  lastModifiedTime: '2026-06-03T11:00:00Z',
  described: true,
  checkpoints: { resumable: 4, model: 4 },
  progress: { form: 'step' as const, currentStep: 41, totalSteps: 100, rollouts: { completed: 12, total: 64 } },
};

describe('progressWords', () => {
  it('counts steps, and epochs where AWS tells no step', () => {
    expect(progressWords(job.progress)).toBe('step 41 of 100');
    expect(progressWords({ form: 'step', currentStep: 1200 })).toBe('step 1,200');
    expect(progressWords({ form: 'epoch', currentEpoch: 2, maxEpoch: 3 })).toBe('epoch 2 of 3');
    expect(progressWords({ form: 'step', rollouts: { completed: 800, total: 800 } })).toBe('800 of 800 rollouts');
  });

  it('says nothing where nothing is known, rather than step 0', () => {
    expect(progressWords(undefined)).toBeUndefined();
    expect(progressWords({ form: 'step', totalSteps: 100 })).toBeUndefined();
  });
});

describe('rolloutWords', () => {
  it('tells the rollouts of the running step, and nothing once the job is over', () => {
    expect(rolloutWords(job)).toBe('12 of 64 rollouts');
    expect(rolloutWords({ ...job, jobStatus: 'Completed' })).toBeUndefined();
    expect(rolloutWords({ ...job, progress: undefined })).toBeUndefined();
    expect(rolloutWords({ ...job, progress: { form: 'step', rollouts: { completed: 1, total: 8 } } })).toBeUndefined();
  });
});

describe('tokens', () => {
  it('add up, and what AWS did not count is left out', () => {
    expect(totalTokens({ train: 40, sample: 2 })).toBe(42);
    expect(tokenWords({ train: 41_200_000, sample: 7 })).toBe('train 41,200,000 · sample 7');
    expect(totalTokens({ train: 0 })).toBe(0);
    expect(totalTokens({})).toBeUndefined();
    expect(totalTokens(undefined)).toBeUndefined();
  });
});

describe('durationEnd', () => {
  it('ends with the job, goes on while it runs, and is unknown when AWS gave no end', () => {
    expect(durationEnd({ jobStatus: 'Completed', endTime: '2026-06-03T12:00:00Z' })).toEqual({
      to: '2026-06-03T12:00:00Z',
      known: true,
    });
    expect(durationEnd({ jobStatus: 'InProgress' })).toEqual({ known: true });
    expect(durationEnd({ jobStatus: 'Hibernating' })).toEqual({ known: true });
    expect(durationEnd({ jobStatus: 'Stopped' })).toEqual({ known: false });
  });
});

describe('shortDataset', () => {
  it.each([
    ['s3://team-bucket/rl/agents/tasks.jsonl', 'agents/tasks.jsonl'],
    ['s3://team-bucket/agents/', 'agents'],
    ['s3://team-bucket/tasks.jsonl', 'tasks.jsonl'],
    ['s3://team-bucket', 'team-bucket'],
    ['arn:aws:sagemaker:us-west-2:1:hub-content/hub/DataSet/support-tasks/1.2.0', 'support-tasks/1.2.0'],
    ['plain-name', 'plain-name'],
    ['///', '///'],
  ])('%s is called %s', (whole, short) => {
    expect(shortDataset(whole)).toBe(short);
  });
});

describe('parentWords', () => {
  it('does not guess how a job came from a package it could not classify', () => {
    expect(parentWords('resume')).toBe('resumed from');
    expect(parentWords('unknown')).toBe('started from');
  });
});

describe('rowFingerprint', () => {
  it('changes with status, step and checkpoints, and not with the clock', () => {
    const before = rowFingerprint(job);
    expect(rowFingerprint({ ...job, lastModifiedTime: '2026-06-03T11:05:00Z' })).toBe(before);
    expect(rowFingerprint({ ...job, progress: { ...job.progress, currentStep: 42 } })).not.toBe(before);
    expect(rowFingerprint({ ...job, secondaryStatus: 'Uploading' })).not.toBe(before);
    expect(rowFingerprint({ ...job, checkpoints: { resumable: 5, model: 5 } })).not.toBe(before);
  });
});
