import { REGION } from './cairn';
import { expect, test } from './fixtures';

test.use({ scenario: 'failure-classes' });

test('the events tab says who created a job and who deployed its agent', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await page.goto(`/${REGION}/jobs/AgentRFT/agent-redeployed`);
  await page.getByRole('navigation', { name: 'Parts of the job' }).getByRole('link', { name: 'Events' }).click();
  const events = page.getByRole('list', { name: 'Events, newest first' }).getByRole('listitem');
  await expect(events).toHaveCount(2, { timeout: 20_000 });
  await expect(events.first()).toContainText('Deployed a new version of the agent');
  await expect(events.first()).toContainText('deploy-bot');
  await expect(events.last()).toContainText('Created the job');
  await expect(events.last()).toContainText('maya');
  await expect(page.getByText('CloudTrail may lag 15 minutes')).toBeVisible();
});

test('what may not be read is said, and what Cairn did itself stands there all the same', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await cairn.control.setFaults([{ operation: 'LookupEvents', kind: 'access-denied' }]);
  await page.goto(`/${REGION}/jobs/AgentRFT/lambda-timeout/events`);
  await expect(page.getByText('cloudtrail:LookupEvents').first()).toBeVisible({ timeout: 20_000 });
  await cairn.control.setFaults([]);
});
