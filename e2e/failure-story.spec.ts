import { REGION } from './cairn';
import { expect, test } from './fixtures';

test.use({ scenario: 'failure-classes' });

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
  ['malformed-reward', 'A reward was malformed', 'reward is NaN'],
] as const;

for (const [job, cause, words] of CLASSES) {
  test(`${job}: story and diagnosis name the cause`, async ({ cairn, page }) => {
    await cairn.waitForFill();
    await page.goto(`/${REGION}/jobs/AgentRFT/${job}`);
    const story = page.getByRole('region', { name: 'What happened' });
    await expect(story.getByRole('region', { name: 'Most likely cause' })).toContainText(cause, { timeout: 20_000 });
    const pinned = story.getByRole('listitem').filter({ hasText: /First (error|warning)/ });
    await expect(pinned.filter({ hasText: words }).first()).toBeVisible();
    const diagnosis = page.getByRole('region', { name: 'Diagnosis' });
    await expect(diagnosis.getByText('Points at:')).toContainText(cause, { timeout: 20_000 });
  });
}

test('the forwarder is only invoked after a question, and says what happened', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await page.goto(`/${REGION}/jobs/AgentRFT/lambda-timeout`);
  await page.getByRole('button', { name: 'Invoke the forwarder as a test' }).click();
  await expect(page.getByRole('dialog', { name: 'Invoke the forwarder?' })).toBeVisible();
  await page.getByRole('button', { name: 'Invoke once' }).click();
  const check = page.getByRole('listitem').filter({ hasText: 'Test invocation of the forwarder' });
  await expect(check).toContainText('Task timed out');
});
