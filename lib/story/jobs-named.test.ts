import { expect, it } from 'vitest';
import { isOfAnother } from './jobs-named';

it.each<[string, boolean]>([
  ['not authorized on resource: arn:aws:sagemaker:us-west-2:123456789012:job/AgentRFT/travel-r2, retrying', true],
  ['not authorized on resource: arn:aws:sagemaker:us-west-2:123456789012:job/AgentRFT/mine, retrying', false],
  ['{"level":"ERROR","job_name":"travel-r2","message":"x"}', true],
  ['jobName=travel-r2 jobName=mine', false],
  ['the search tool of job travel-r2 timed out', false],
  // Other programs have jobs too.
  ['ERROR job_name=rollout-worker-7 timeout', false],
  ['ERROR job_name: travel-r2_worker timeout', false],
])('%s', (line, answer) => {
  expect(isOfAnother(line, 'mine', ['travel-r2'])).toBe(answer);
});
