import { expect, test } from '../fixtures';
import { JobsPage } from '../pages/jobs-page';

// The list asks for itself and is told 401; the browser notes it in its console.
test.use({ expectedComplaints: [/status of 401/], env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' } });

test('missing credentials name the settings that give them', async ({ page }) => {
  const jobs = new JobsPage(page);
  await jobs.open();
  await expect(page.locator('body')).toContainText('No AWS credentials were found', { timeout: 30_000 });
  await expect(page.locator('body')).toContainText('AWS_PROFILE');
  await expect(page.getByText(/something went wrong|application error/i)).toHaveCount(0);
});
