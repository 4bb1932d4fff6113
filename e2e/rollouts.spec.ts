import { REGION } from './cairn';
import { expect, test } from './fixtures';

const JOB = 'rollouts-job';

test.use({
  world: 'rollouts',
  scenario: 'failed-at-night',
  before: { jobs: [{ name: JOB, outcome: 'completed', startedAgo: '40h', steps: 12 }] },
});

test('from a step of the curve to its worst rollout in two clicks, and back by the link', async ({
  cairn,
  page,
  newVisitor,
}) => {
  await cairn.waitForFill();
  await page.goto(`/${REGION}/jobs/AgentRFT/${JOB}/metrics?pick=${JOB}/4`);
  await page.getByRole('link', { name: /rollouts of this step/i }).click();
  const list = page.getByRole('region', { name: 'List of rollouts' });
  await expect(list.getByRole('row').nth(3)).toBeVisible();
  const rewards = async () =>
    (await list.locator('tbody tr[aria-rowindex] td:nth-child(2)').allTextContents()).map(Number);
  const worstFirst = await rewards();
  expect(worstFirst.length).toBeGreaterThan(5);
  expect(worstFirst).toEqual([...worstFirst].sort((a, b) => a - b));

  await list.locator('tbody tr[aria-rowindex] button').first().click();
  const conversation = page.getByTestId('conversation');
  await expect(conversation.locator('[data-kind="prompt"]').first()).toBeVisible();
  await expect(conversation.locator('[data-kind="model"]').first()).toBeVisible();
  await expect(conversation).toContainText(/reward/);
  await expect(page).toHaveURL(/trace=tr-/);

  const other = await newVisitor();
  await other.goto(page.url());
  await expect(other.getByTestId('conversation').locator('[data-kind="prompt"]').first()).toBeVisible();

  await page.getByRole('button', { name: 'Close the rollout' }).click();
  await expect(conversation).toHaveCount(0);
});

test('outcomes are told apart, and what is not there is said', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await page.goto(`/${REGION}/jobs/AgentRFT/${JOB}/rollouts?step=4&outcome=success&sort=best`);
  const list = page.getByRole('region', { name: 'List of rollouts' });
  await expect(list.getByRole('row').nth(1)).toBeVisible();
  const first = list.locator('tbody tr[aria-rowindex] td:nth-child(2)').first();
  expect(Number(await first.textContent())).toBeGreaterThan(0);
  await page.goto(`/${REGION}/jobs/AgentRFT/${JOB}/rollouts?step=900`);
  await expect(page.getByText('No such rollout')).toBeVisible();
});
