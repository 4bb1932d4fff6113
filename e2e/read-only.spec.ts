import { rawRequest } from './api/raw-request';
import { REGION } from './cairn';
import { expect, test } from './fixtures';
import { JobPage } from './pages/job-page';

test.use({ env: { CAIRN_READ_ONLY: '1' } });

const RUNNING = 'code-repair-qwen3-6-27b-1120-rank64';

test('read-only shuts every action, visibly', async ({ cairn, page }) => {
  await cairn.waitForFill();
  const job = new JobPage(page);
  await job.open(RUNNING);
  await expect(page.getByText('Read-only', { exact: true })).toBeVisible();
  await job.button('Stop').press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(job.button('Stop')).toHaveAttribute('aria-disabled', 'true');

  await page.goto(`/${REGION}/new?resume=support-desk-mtrl-checkpoint-mpg/467`);
  await expect(page.getByRole('button', { name: 'Resume from step 47' })).toBeDisabled();
  await expect(page.getByRole('main')).toContainText('CAIRN_READ_ONLY');

  const headers = { 'content-type': 'application/json', 'x-cairn-client': 'test' };
  for (const [method, path] of [
    ['POST', `/api/${REGION}/jobs`],
    ['POST', `/api/${REGION}/jobs/AgentRFT/${RUNNING}/stop`],
    ['DELETE', `/api/${REGION}/jobs/AgentRFT/first-trial-1017`],
  ] as const) {
    const { status, text } = await rawRequest(cairn.url, path, {
      method,
      headers,
      ...(method === 'POST' && { body: '{}' }),
    });
    expect([status, JSON.parse(text).error.code], `${method} ${path}`).toEqual([403, 'read_only']);
  }
});
