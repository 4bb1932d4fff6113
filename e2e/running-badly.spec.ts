import { REGION } from './cairn';
import { expect, test } from './fixtures';
import { lookClosely } from './look-closely';

test.use({ scenario: 'running-badly' });

test('under the reward line a broken environment and a worse policy look different', async ({ cairn, page }) => {
  await cairn.waitForFill();
  for (const [job, words] of [
    ['tools-were-down', /agent errors and timeouts rose from .* a step\. That points at the agent/],
    ['policy-collapsed', /step times stayed as they were\. That points at the policy/],
  ] as const) {
    await page.goto(`/${REGION}/jobs/AgentRFT/${job}/metrics`);
    const panel = page.getByRole('region', { name: 'Agent and environment' });
    await panel.scrollIntoViewIfNeeded({ timeout: 20_000 });
    await expect(panel.getByTestId('dip')).toContainText(words, { timeout: 30_000 });
    for (const row of ['Agent errors a step', 'Agent timeouts a step', 'Time of a step', 'Mean turns']) {
      await expect(panel.getByRole('slider', { name: new RegExp(`^${row}`) })).toBeVisible();
    }
  }
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await lookClosely(page, 'a dip explained');
});

test('a job that makes no step is diagnosed by itself and tells its story', async ({ cairn, page }) => {
  await cairn.waitForFill();
  // The background reads the steps of living jobs.
  const path = `/api/${REGION}/jobs/AgentRFT/stalled/diagnosis`;
  await expect
    .poll(async () => (await cairn.api<{ stalled?: string }>(path)).stalled, { timeout: 40_000 })
    .toBeTruthy();
  await page.goto(`/${REGION}/jobs/AgentRFT/stalled`);
  const diagnosis = page.getByRole('region', { name: 'Diagnosis' });
  await expect(diagnosis.getByText(/^No new step for/).first()).toBeVisible({ timeout: 20_000 });
  await expect(diagnosis.getByRole('listitem').filter({ hasText: 'Steps keep coming' })).toContainText('Failed');
  await expect(page.getByRole('region', { name: 'What happened' })).toBeVisible();
  await page.goto(`/${REGION}/jobs/AgentRFT/training-well`);
  await expect(diagnosis).toContainText('Nothing was checked yet', { timeout: 20_000 });
  await diagnosis.getByRole('button', { name: 'Diagnose' }).click();
  await expect(diagnosis.getByRole('listitem').filter({ hasText: 'Steps keep coming' })).toBeVisible({
    timeout: 20_000,
  });
});
