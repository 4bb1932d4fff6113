import { expect, test } from '../fixtures';
import { JobsPage } from '../pages/jobs-page';

test.use({ scenario: 'access-denied' });

test('a missing permission is named', async ({ page }) => {
  const jobs = new JobsPage(page);
  await jobs.open();
  await expect(page.locator('body')).toContainText('denies access', { timeout: 30_000 });
  await expect(page.locator('body')).toContainText('sagemaker:ListJobs');
  await expect(page.getByText(/something went wrong|application error/i)).toHaveCount(0);
});
