import { REGION } from './cairn';
import { expect, test } from './fixtures';
import { JobPage } from './pages/job-page';
import { JobsPage } from './pages/jobs-page';

test.use({ scenario: 'strange-words' });

test('unknown words are shown as they came, broken documents break one field, markup stays text', async ({
  cairn,
  page,
}) => {
  await cairn.waitForFill();
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const { jobs } = await cairn.control.truth(REGION);
  const list = new JobsPage(page);
  const job = new JobPage(page);

  await list.open();
  await expect(page.getByRole('table', { name: 'Jobs' })).toHaveAttribute('aria-rowcount', String(jobs.length + 1));

  for (const { name, category, status } of jobs) {
    await test.step(`${category}/${name}`, async () => {
      for (const tab of ['', 'checkpoints', 'logs', 'config']) {
        await job.open(name, tab, category);
        await expect(job.heading(name)).toBeVisible();
        await expect(page.getByText(/something went wrong|application error/i)).toHaveCount(0);
        if (tab === 'logs') await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      }
      const known = ['InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped', 'Deleting', 'DeleteFailed'];
      if (!known.includes(status)) {
        await job.open(name, '', category);
        await expect(page.getByRole('main')).toContainText(status);
      }
    });
  }
  // Every piece of markup in the scenario would run a script or show a picture if it were taken for one.
  expect(dialogs).toEqual([]);
  expect(await page.locator('main img, main script, main iframe').count()).toBe(0);
});
