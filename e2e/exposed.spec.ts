import { rawRequest } from './api/raw-request';
import { REGION } from './cairn';
import { expect, test } from './fixtures';
import { JobPage } from './pages/job-page';

test.use({ env: { HOST: '0.0.0.0' } });

const RUNNING = 'code-repair-qwen3-6-27b-1120-rank64';

test('where others reach it, Cairn changes nothing until there is a sign-in', async ({ cairn, page }) => {
  await cairn.waitForFill();
  const job = new JobPage(page);
  await job.open(RUNNING);
  await expect(job.heading(RUNNING)).toBeVisible();
  await expect(page.getByText('Read-only', { exact: true })).toBeVisible();
  for (const name of ['Stop', 'Diagnose']) await expect(job.button(name)).toHaveAttribute('aria-disabled', 'true');
  const { status, text } = await rawRequest(cairn.url, `/api/${REGION}/jobs/AgentRFT/${RUNNING}/stop`, {
    method: 'POST',
    headers: { 'x-cairn-client': 'test' },
  });
  expect([status, JSON.parse(text).error.code]).toEqual([403, 'read_only']);
});
