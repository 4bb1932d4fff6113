import { REGION } from './cairn';
import { expect, test } from './fixtures';
import { lookClosely } from './look-closely';

test.use({ scenario: 'failure-classes', env: { CAIRN_TRAIL_LOG_GROUP: '/aws/cloudtrail/rollout-calls' } });

/** `[job, cause that is named, words of the first error that is pinned]` */
const CLASSES = [
  [
    'agent-redeployed',
    'The agent was redeployed while the job ran',
    'Deployed a new version of the agent (deploy-bot)',
  ],
  ['lambda-timeout', 'The Lambda function timed out', 'Task timed out after 30.03 seconds'],
  [
    'access-denied-on-sample',
    'The agent may not call Sample on the job',
    'not authorized to perform: sagemaker:Sample',
  ],
  ['session-quota', 'A quota was reached', 'ServiceQuotaExceededException'],
  ['tool-call-drift', 'The model’s tool calls no longer fit the tools', 'unexpected keyword argument'],
  ['capacity-wait', 'AWS had no capacity', 'no capacity in any zone'],
  ['max-runtime', 'The job reached its longest run time', 'The maximum run time was reached'],
  ['malformed-reward', 'A reward was malformed', 'reward function returned nan'],
] as const;

for (const [job, cause, words] of CLASSES) {
  test(`${job}: story and diagnosis name the cause`, async ({ cairn, page }) => {
    await cairn.waitForFill();
    await page.goto(`/${REGION}/jobs/AgentRFT/${job}`);
    const story = page.getByRole('region', { name: 'What happened' });
    await expect(story.getByRole('region', { name: 'Most likely cause' })).toContainText(cause, { timeout: 20_000 });
    const pinned = story.getByRole('listitem').filter({ hasText: /First (error|warning)/ });
    await expect(pinned.first()).toContainText(words);
    const diagnosis = page.getByRole('region', { name: 'Diagnosis' });
    await expect(diagnosis.getByText('Points at:')).toContainText(cause, { timeout: 20_000 });
  });
}

test('calls that were refused are counted by minute, and the log opens at the line', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await page.goto(`/${REGION}/jobs/AgentRFT/access-denied-on-sample`);
  const calls = page.getByRole('region', { name: 'Calls of agents, per minute' });
  await expect(calls).toContainText(/Sample \d.* refused/, { timeout: 20_000 });
  await calls.getByText('As a table').click();
  await expect(calls.getByRole('columnheader', { name: 'refused' })).toBeVisible();
  const check = page.getByRole('listitem').filter({ hasText: 'Rollout calls in CloudTrail' });
  await expect(check).toContainText('not authorized to perform: sagemaker:Sample');
  const link = page.getByRole('link', { name: 'Open the log here' }).first();
  await expect(link).toHaveAttribute('href', /logs\?source=agent&line=/);
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await lookClosely(page, 'a story with calls');
});

test('a story does not wait for a slow CloudTrail, and completes itself', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await cairn.control.setFaults([{ operation: 'LookupEvents', kind: 'delay', delayMs: 2_500, times: 6 }]);
  await cairn.control.seedJob({ name: 'slow-trail', outcome: 'failed', steps: 6, startedAgo: '5h' });
  await page.goto(`/${REGION}/jobs/AgentRFT/slow-trail`);
  const story = page.getByRole('region', { name: 'What happened' });
  await expect(story.getByText(/^CloudTrail: Still reading CloudTrail/)).toBeVisible({ timeout: 15_000 });
  await expect(story.getByText('CloudTrail: Events may arrive 15 minutes late.')).toBeVisible({ timeout: 30_000 });
  await expect(story).toContainText('6 of 6 sources read');
  await cairn.control.setFaults([]);
});

test('the forwarder is only invoked after a question, and says what happened', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await page.goto(`/${REGION}/jobs/AgentRFT/lambda-timeout`);
  await page.getByRole('button', { name: 'Invoke the forwarder as a test' }).click();
  await expect(page.getByRole('dialog', { name: 'Invoke the forwarder?' })).toBeVisible();
  await page.getByRole('button', { name: 'Invoke once' }).click();
  const check = page.getByRole('listitem').filter({ hasText: 'Test invocation of the forwarder' });
  await expect(check).toContainText('Task timed out');
});
