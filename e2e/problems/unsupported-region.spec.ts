import { expect, test } from '../fixtures';
import { JobsPage } from '../pages/jobs-page';

test.use({ env: { CAIRN_REGIONS: 'us-west-2,eu-west-1' } });

test('a region without the service says so, and does not stop the others', async ({ page }) => {
  const jobs = new JobsPage(page);
  await page.goto('/eu-west-1/jobs');
  await expect(page.locator('body')).toContainText('eu-west-1 does not offer these jobs', { timeout: 30_000 });
  await expect(page.locator('body')).toContainText('CAIRN_REGIONS');
  await jobs.open();
  await expect(jobs.job('code-repair-qwen3-6-27b-1120-rank64')).toBeVisible({ timeout: 30_000 });
});

test('a region that is not watched is told from one that is', async ({ page }) => {
  await page.goto('/ap-south-1/jobs');
  await expect(page.locator('body')).toContainText('CAIRN_REGIONS');
});
