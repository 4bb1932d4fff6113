import { expect, it } from 'vitest';
import { jobsNamed } from './jobs-named';

it.each<[string, string[]]>([
  [
    'not authorized on resource: arn:aws:sagemaker:us-west-2:123456789012:job/AgentRFT/travel-r2, retrying',
    ['travel-r2'],
  ],
  ['{"level":"ERROR","job_name":"travel-r2","message":"x"}', ['travel-r2']],
  ['jobName=a jobName=b', ['a', 'b']],
  ['the search tool of job travel timed out', []],
])('%s', (line, names) => {
  expect(jobsNamed(line)).toEqual(names);
});
