import { describe, expect, it } from 'vitest';
import { Faults } from './faults';
import { Sandbox } from './sandbox';
import { callOperation } from './testing/call-operation';

const NOW = Date.UTC(2026, 10, 22, 12);
const newSandbox = (scenario = 'failed-at-night') => new Sandbox({ scenario, speed: 0, nowMs: NOW });

describe('faults', () => {
  it('strike about as often as their rate says, and the same calls for the same seed', () => {
    const draw = (seed: number) => {
      const faults = new Faults(seed);
      faults.set([{ operation: 'ListJobs', kind: 'throttle', rate: 0.3 }]);
      return Array.from({ length: 1_000 }, () => faults.draw('SageMaker', 'ListJobs', 'us-west-2') !== undefined);
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    const struck = draw(1).filter(Boolean).length;
    expect(struck).toBeGreaterThan(250);
    expect(struck).toBeLessThan(350);
  });

  it.each([
    ['*', true],
    ['ListJobs', true],
    ['SageMaker.ListJobs', true],
    ['SageMaker.*', true],
    ['Logs.*', false],
    ['DescribeJob', false],
  ])('a rule for %s strikes SageMaker.ListJobs: %s', (operation, strikes) => {
    const faults = new Faults(1);
    faults.set([{ operation, kind: 'error' }]);
    expect(faults.draw('SageMaker', 'ListJobs', 'us-west-2') !== undefined).toBe(strikes);
  });

  it('end after their number of times, and keep to their region', () => {
    const faults = new Faults(1);
    faults.set([{ operation: '*', kind: 'error', times: 2, region: 'us-east-1' }]);
    expect(faults.draw('SageMaker', 'ListJobs', 'us-west-2')).toBeUndefined();
    const struck = [1, 2, 3].map(() => faults.draw('SageMaker', 'ListJobs', 'us-east-1') !== undefined);
    expect(struck).toEqual([true, true, false]);
  });

  it.each([
    ['throttle', 400, 'ThrottlingException'],
    ['error', 500, 'InternalFailure'],
    ['access-denied', 400, 'AccessDeniedException'],
  ] as const)('%s answers %d %s', async (kind, status, type) => {
    const sandbox = newSandbox();
    sandbox.faults.set([{ operation: '*', kind }]);
    const answer = await callOperation<{ __type: string }>(sandbox, 'ListJobs', { JobCategory: 'AgentRFT' });
    expect([answer.status, answer.body.__type]).toEqual([status, type]);
  });

  it('after the effect, the work is done though the answer is lost', async () => {
    const sandbox = newSandbox();
    const tags = {
      ResourceArn: 'arn:aws:sagemaker:us-west-2:123456789012:job/AgentRFT/night-shift-first',
      Tags: [{ Key: 'k', Value: 'v' }],
    };
    sandbox.faults.set([{ operation: 'AddTags', kind: 'error', times: 1, afterEffect: true }]);
    expect((await callOperation(sandbox, 'AddTags', tags)).status).toBe(500);
    const { body } = await callOperation<{ Tags: unknown[] }>(sandbox, 'ListTags', { ResourceArn: tags.ResourceArn });
    expect(body.Tags).toContainEqual({ Key: 'k', Value: 'v' });
  });

  it('count as calls', async () => {
    const sandbox = newSandbox();
    sandbox.faults.set([{ operation: '*', kind: 'throttle' }]);
    await callOperation(sandbox, 'ListJobs', { JobCategory: 'AgentRFT' });
    expect(sandbox.calls.byOperation()).toEqual({ 'SageMaker.ListJobs': 1 });
  });
});

describe('the access-denied scenario', () => {
  it('names the user, the action and the resource', async () => {
    const sandbox = newSandbox('access-denied');
    const list = await callOperation<{ Message: string }>(sandbox, 'ListJobs', { JobCategory: 'AgentRFT' });
    expect(list.body.Message).toBe(
      'User: arn:aws:sts::123456789012:assumed-role/ExampleOperatorRole/robin is not authorized to perform: ' +
        'sagemaker:ListJobs on resource: * because no identity-based policy allows the sagemaker:ListJobs action',
    );
    const job = { JobCategory: 'AgentRFT', JobName: 'x' };
    const describeJob = await callOperation<{ Message: string }>(sandbox, 'DescribeJob', job);
    expect(describeJob.body.Message).toContain('on resource: arn:aws:sagemaker:us-west-2:123456789012:job/AgentRFT/x ');
  });
});
