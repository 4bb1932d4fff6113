import { expect, test } from './fixtures';
import { JobPage } from './pages/job-page';
import { JobsPage } from './pages/jobs-page';

test('the list, a job and its tabs are reached by keyboard alone', async ({ cairn, page }) => {
  await cairn.waitForFill();
  const jobs = new JobsPage(page);
  const job = new JobPage(page);
  await jobs.open();
  const newest = jobs.job('code-repair-qwen3-6-27b-1120-rank64');
  const second = jobs.job('support-desk-gpt-oss-20b-1120');
  await expect(newest).toBeVisible();

  // The list is on screen before it hears keys: a person presses again.
  await expect(async () => {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('j');
    await expect(newest).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.press('j');
  await expect(second).toBeFocused();
  await page.keyboard.press('k');
  await expect(newest).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(job.heading('support-desk-gpt-oss-20b-1120')).toBeVisible();

  await page.keyboard.press(']');
  await expect(job.tab('Reward')).toHaveAttribute('aria-current', 'page');
  await page.keyboard.press(']');
  await expect(job.tab('Checkpoints')).toHaveAttribute('aria-current', 'page');
  await page.keyboard.press('[');
  await expect(job.tab('Reward')).toHaveAttribute('aria-current', 'page');

  await page.keyboard.press('g');
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/\/us-west-2\/jobs$/);

  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('wordle-base-eval');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/q=wordle-base-eval/);
  await expect(jobs.job('wordle-base-eval-1024')).toBeVisible();
  await expect(newest).toBeHidden();

  // The first Escape empties the field, the second leaves it.
  await page.keyboard.press('Escape');
  await expect(newest).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the palette is on every page, and Enter takes what typing found', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await page.goto('/us-west-2/lineage');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await expect(async () => {
    await page.keyboard.press('Control+k');
    await expect(palette).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.type('wordle-base-eval-1024');
  await expect(palette.locator('[data-action][data-selected]')).toContainText('wordle-base-eval-1024');
  await page.keyboard.press('Enter');
  await expect(new JobPage(page).heading('wordle-base-eval-1024')).toBeVisible();
});
