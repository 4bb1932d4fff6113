import type { Page } from '@playwright/test';
import { REGION } from './cairn';
import { expect, test } from './fixtures';

/** Trained until it failed, resumed, and iterated from: three jobs, one line, two seams. */
const FIRST = 'trail-first';
const RESUMED = 'trail-resumed';
const ITERATED = 'trail-iterated';
const groups = { output: 'trail-mpg', intermediate: 'trail-checkpoint-mpg' };

test.use({
  world: 'reward',
  scenario: 'failed-at-night',
  before: {
    jobs: [
      { name: FIRST, outcome: 'failed', startedAgo: '90h', steps: 30, failAtStep: 12, groups },
      {
        name: RESUMED,
        outcome: 'completed',
        startedAgo: '60h',
        steps: 30,
        groups,
        from: { job: FIRST, step: 10, kind: 'resume' },
      },
      {
        name: ITERATED,
        outcome: 'completed',
        startedAgo: '30h',
        steps: 20,
        groups,
        from: { job: RESUMED, step: 25, kind: 'iterate' },
        hyperparameters: { learning_rate: 0.00001 },
      },
    ],
  },
});

const open = (page: Page, query = '') => page.goto(`/${REGION}/jobs/AgentRFT/${ITERATED}/metrics${query}`);
const chart = (page: Page) => page.getByRole('slider', { name: /^Reward by step/ });

test('a lineage of three jobs is one line with two labelled seams', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await open(page);
  await expect(page.locator('[data-seam]')).toHaveCount(2);
  await expect(page.locator('[data-seam]').nth(0)).toHaveAttribute(
    'data-seam',
    'Resumed from step 10: nothing changed',
  );
  await expect(page.locator('[data-seam]').nth(1)).toHaveAttribute(
    'data-seam',
    /^Iterated from step 25: .*learning_rate/,
  );
  const panel = page.getByRole('region', { name: 'Reward', exact: true });
  await expect(panel.locator('[data-line^="reward-"][data-look="strong"]')).toHaveCount(1);
  await expect(panel.locator('[data-line="reward-tail-0"][data-look="dimmed"]')).toHaveCount(1);
  await expect(
    page.getByText(/2\ssteps of trail-first after the checkpoint were lost and trained again/),
  ).toBeVisible();
  await expect(page.getByText(/5\ssteps of trail-resumed after the checkpoint are left aside/)).toBeVisible();
  await expect(page.getByTestId('best')).toContainText('Chosen by the highest validation reward');

  // The same jobs one by one: own steps of the last alone.
  await page.getByRole('switch', { name: 'Whole lineage' }).click();
  await expect(page.locator('[data-seam]')).toHaveCount(0);
  await expect(page).toHaveURL(/lineage=false/);
});

test('by keyboard a step is read, chosen, and followed to its rollouts', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await open(page);
  await chart(page).focus();
  await page.keyboard.press('End');
  await expect(chart(page)).toHaveAttribute('aria-valuetext', /^Step 20, 45 of the lineage, .*Mean reward 0\.\d+/);
  await page.keyboard.press('ArrowLeft');
  await expect(chart(page)).toHaveAttribute('aria-valuetext', /^Step 19, 44 of the lineage/);
  await page.keyboard.press('Enter');
  const card = page.getByRole('region', { name: `Step 19 of ${ITERATED}` });
  await expect(card.getByRole('link', { name: 'Resume from step 19' })).toHaveAttribute('href', /new\?resume=trail-/);
  await expect(card.getByRole('link', { name: 'Iterate', exact: true })).toHaveAttribute(
    'href',
    /new\?iterate=trail-mpg/,
  );
  await expect(card.getByRole('link', { name: 'Evaluate', exact: true })).toHaveAttribute(
    'href',
    /new\?evaluate=trail-mpg/,
  );
  await card.getByRole('link', { name: /rollouts of this step/i }).click();
  await expect(page).toHaveURL(/trail-iterated\/rollouts\?step=19/);
});

test('how the curve is looked at stands in the link', async ({ cairn, page, newVisitor }) => {
  await cairn.waitForFill();
  await open(page);
  await page.getByText('Time', { exact: true }).click();
  await expect(page).toHaveURL(/axis=time/);
  await page.getByText('Step', { exact: true }).click();
  const box = await chart(page).boundingBox();
  if (!box) throw new Error('no chart');
  await page.mouse.move(box.x + box.width * 0.3, box.y + 80);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + 90, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/zoom=[\d.]+\.\.[\d.]+/);
  const range = await chart(page).getAttribute('aria-valuemax');

  const other = await newVisitor();
  await other.goto(page.url());
  await expect(chart(other)).toHaveAttribute('aria-valuemax', range ?? '');
  await page.getByRole('button', { name: 'Reset zoom' }).click();
  await expect(page).not.toHaveURL(/zoom=/);
});

test('every value can be had as a table and as a file', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await open(page);
  await page.getByRole('button', { name: 'Show as table' }).click();
  const table = page.getByRole('region', { name: 'Values by step' });
  await expect(table.getByRole('row').filter({ hasText: 'lost and redone' })).toHaveCount(2);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download CSV' }).click();
  const stream = await (await downloading).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString('utf8').trim().split('\r\n');
  expect(lines[0]).toContain('job,step,cumulative_step,time,state,rollout/reward/mean');
  expect(lines.filter((line) => line.startsWith(`${ITERATED},`)).length).toBeGreaterThanOrEqual(20);
});

test('all metrics are found by searching, and one that never came says so', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await open(page);
  await page.getByRole('textbox', { name: 'Search all metrics' }).fill('advantage/n_positive');
  const card = page.getByRole('article', { name: 'rollout/advantage/n_positive' });
  await expect(card.getByRole('slider')).toBeVisible();
  await page.getByRole('textbox', { name: 'Search all metrics' }).fill('no such metric');
  await expect(page.getByText('No metric of this job is called that.')).toBeVisible();
});
