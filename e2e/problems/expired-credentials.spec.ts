import { expect, test } from '../fixtures';
import { JobsPage } from '../pages/jobs-page';

// The list asks for itself and is told 401; the browser notes it in its console.
test.use({
  expectedComplaints: [/status of 401/],
  env: { AWS_ACCESS_KEY_ID: 'AKIDEXPIRED000000001', AWS_SESSION_TOKEN: 'old' },
});

test('expired credentials say how they are renewed', async ({ page }) => {
  const jobs = new JobsPage(page);
  await jobs.open();
  await expect(page.locator('body')).toContainText('expired', { timeout: 30_000 });
  await expect(page.locator('body')).toContainText('aws sso login');
  await expect(page.getByText(/something went wrong|application error/i)).toHaveCount(0);
});
