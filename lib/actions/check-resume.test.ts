import { describe, expect, it } from 'vitest';
import { allowsCreation } from './check-common';
import { checkResume, type ResumeFacts } from './check-resume';
import { makeCheckpoint, makeParentState, makeRequest } from './test-data';

const facts = (change: Partial<ResumeFacts> = {}): ResumeFacts => ({
  account: '123456789012',
  source: makeCheckpoint(),
  parent: makeParentState(),
  request: makeRequest(),
  steps: { firstStep: 42, totalSteps: 60, stepsLeft: 19, stepsRedone: 16 },
  name: { state: 'free' },
  schema: { state: 'valid', version: '1.0.0' },
  latestSchemaVersion: '1.0.0',
  liveJobs: [],
  ...change,
});

const stateOf = (id: string, change: Partial<ResumeFacts>) => {
  const check = checkResume(facts(change)).find((candidate) => candidate.id === id);
  return [check?.state, check?.detail];
};

const document = (change: object) => {
  const request = makeRequest();
  return { ...request, JobConfigDocument: JSON.stringify({ ...JSON.parse(request.JobConfigDocument), ...change }) };
};

const tags = (...keys: string[]) => ({ ...makeRequest(), Tags: keys.map((Key) => ({ Key, Value: '' })) });

describe('checkResume', () => {
  it('passes everything when everything is well', () => {
    const checks = checkResume(facts());
    expect(checks.filter((check) => check.state !== 'pass')).toEqual([]);
    expect(allowsCreation(checks)).toBe(true);
    expect(new Set(checks.map((check) => check.id)).size).toBe(checks.length);
  });

  it.each<[string, Partial<ResumeFacts>, RegExp]>([
    ['allowed', { refusal: { message: 'This deployment is read-only.' } }, /read-only/],
    ['checkpoint', { source: makeCheckpoint({ kind: 'model' }) }, /model checkpoint/],
    ['checkpoint', { source: makeCheckpoint({ kind: 'unknown' }) }, /not said yet/],
    ['base-model', { source: makeCheckpoint({ baseModel: 'another-model' }) }, /trained from another-model/],
    ['package-status', { source: makeCheckpoint({ packageStatus: 'Failed' }) }, /AWS says Failed/],
    ['package-status', { source: makeCheckpoint({ packageStatus: 'Deleting' }) }, /AWS says Deleting/],
    ['package-status', { source: makeCheckpoint({ packageStatus: 'Hibernating' }) }, /Hibernating/],
    ['account', { account: '999999999999' }, /belongs to 123456789012; Cairn acts in 999999999999/],
    ['document', { request: document({ pad: 'x'.repeat(262_144) }) }, /262144/],
    ['schema', { schema: { state: 'invalid', version: '1.0.0', problems: ['/a must be number'] } }, /must be number/],
    ['groups', { request: document({ ModelPackageConfig: {} }) }, /no output group/],
    ['groups', { request: document({ ModelPackageConfig: { OutputModelPackageGroupArn: 'a' } }) }, /no intermediate/],
    [
      'groups',
      {
        request: document({
          ModelPackageConfig: { OutputModelPackageGroupArn: 'a', IntermediateCheckpointModelPackageGroupArn: 'a' },
        }),
      },
      /both a/,
    ],
    ['steps', { steps: { firstStep: 61, totalSteps: 60, stepsLeft: 0 } }, /last of 60/],
    ['name', { name: { state: 'taken', same: false } }, /another one/],
    ['name', { name: { state: 'taken', same: true } }, /exactly this request/],
    ['tags', { request: tags('AWS:x') }, /aws:/],
    ['tags', { request: tags('a', 'a') }, /twice/],
    ['tags', { request: tags(...Array.from({ length: 51 }, (_, i) => `k${i}`)) }, /51 tags/],
  ])('%s fails and forbids the job', (id, change, detail) => {
    const [state, text] = stateOf(id, change);
    expect(state).toBe('fail');
    expect(text).toMatch(detail);
    expect(allowsCreation(checkResume(facts(change)))).toBe(false);
  });

  it.each<[string, 'warn' | 'unknown', Partial<ResumeFacts>, RegExp]>([
    ['parent-state', 'warn', { parent: makeParentState({ jobStatus: 'InProgress' }) }, /both are billed/],
    ['parent-state', 'warn', { parent: makeParentState({ jobStatus: 'Dreaming' }) }, /Dreaming/],
    ['maker', 'warn', { source: makeCheckpoint({ evidence: { by: 'time', detail: 'alone' } }) }, /no other job/],
    ['maker', 'warn', { source: makeCheckpoint({ stepEvidence: 'counted' }) }, /counted/],
    ['schema-version', 'warn', { latestSchemaVersion: '1.1.0' }, /newest is 1.1.0/],
    ['schema-version', 'unknown', { latestSchemaVersion: undefined }, /not able/],
    ['schema', 'unknown', { schema: { state: 'unknown', why: 'No permission.' } }, /No permission/],
    ['groups', 'warn', { source: makeCheckpoint({ group: 'elsewhere' }) }, /elsewhere/],
    ['steps', 'unknown', { steps: { firstStep: 42 } }, /number of steps/],
    ['steps', 'unknown', { steps: {}, source: makeCheckpoint({ step: undefined }) }, /step of this checkpoint/],
    ['name', 'unknown', { name: { state: 'unknown', why: 'AWS throttled.' } }, /throttled/],
    ['account', 'unknown', { account: undefined }, /which account/],
    ['storage', 'unknown', { source: makeCheckpoint({ s3Uri: undefined }) }, /restricted/],
    ['quota', 'warn', { liveJobs: ['nightly'] }, /nightly is running/],
    ['quota', 'warn', { liveJobs: ['nightly', 'b', 'c'] }, /nightly and 2 more/],
  ])('%s is %s and lets the job be made', (id, expected, change, detail) => {
    const [state, text] = stateOf(id, change);
    expect(state).toBe(expected);
    expect(text).toMatch(detail);
    expect(allowsCreation(checkResume(facts(change)))).toBe(true);
  });
});
