import { expect, test } from '../fixtures';
import { JobsPage } from '../pages/jobs-page';

test.use({ scenario: 'empty' });

test('an empty account says so, and how a job gets here', async ({ page }) => {
  const jobs = new JobsPage(page);
  await jobs.open();
  await expect(page.locator('body')).toContainText('No jobs in us-west-2 yet', { timeout: 30_000 });
  await expect(page.locator('body')).toContainText('SageMaker SDK');
  await expect(page.getByText(/something went wrong|application error/i)).toHaveCount(0);
});
