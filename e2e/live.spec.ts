import { createLike } from './aws-client';
import { expect, test } from './fixtures';
import { JobPage } from './pages/job-page';
import { JobsPage } from './pages/jobs-page';

test.use({ world: 'live' });

const MODEL = 'first-trial-1017';

test.beforeEach(async ({ cairn }) => {
  await cairn.waitForFill();
});

test('a job somebody else creates appears in the open list within 20 s, and lives there, without a reload', async ({
  cairn,
  page,
  newVisitor,
}) => {
  const jobs = new JobsPage(page);
  await jobs.open();
  const other = new JobsPage(await newVisitor());
  await other.open('?status=running');
  await expect(jobs.job('code-repair-qwen3-6-27b-1120-rank64')).toBeVisible();
  await page.evaluate(() => {
    document.documentElement.dataset.opened = 'once';
  });

  await createLike(cairn, MODEL, 'made-by-somebody-else');
  await expect(jobs.job('made-by-somebody-else')).toBeVisible({ timeout: 20_000 });
  await expect(other.job('made-by-somebody-else')).toBeVisible();

  const row = jobs.row('made-by-somebody-else');
  await expect(row).toContainText('Starting');
  await cairn.control.advance('20m');
  await expect(row).toContainText('Running', { timeout: 30_000 });
  await cairn.control.advance('12h');
  await expect(row).toContainText('Completed', { timeout: 30_000 });
  await expect(other.job('made-by-somebody-else')).toBeHidden();
  await expect(page.locator('html')).toHaveAttribute('data-opened', 'once');
});

test('an open job page follows its job: progress, log and checkpoints', async ({ cairn, page }) => {
  const name = 'followed-job';
  await cairn.control.seedJob({ name, outcome: 'running', startedAgo: '40m', steps: 60 });
  const job = new JobPage(page);
  await new JobsPage(page).open();
  await expect(new JobsPage(page).job(name)).toBeVisible({ timeout: 30_000 });
  await job.open(name);
  const bar = page.getByRole('progressbar').first();
  await expect(bar).toHaveAccessibleName(/step \d+ of 60/i);
  const before = await bar.getAttribute('aria-valuenow');

  await cairn.control.advance('30m');
  await expect(bar).not.toHaveAttribute('aria-valuenow', before ?? '', { timeout: 30_000 });

  await job.tab('Logs').click();
  const log = page.getByRole('region', { name: 'Job log' });
  await expect(log).toContainText(/step/i);
  await expect(log).toContainText('Live');
});
