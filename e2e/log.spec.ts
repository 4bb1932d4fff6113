import type { Locator, Page } from '@playwright/test';
import { REGION } from './cairn';
import { expect, test } from './fixtures';

const FAILED = 'support-desk-gpt-oss-20b-1120';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const open = (page: Page, name: string, query = '') => page.goto(`/${REGION}/jobs/AgentRFT/${name}/logs${query}`);

/** How far the list is from its end, in pixels. */
const toEnd = (log: Locator) =>
  log.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);

test('a log opens at its end, goes back to its first line without jumping, and returns', async ({ cairn, page }) => {
  const name = 'long-log';
  await cairn.control.seedJob({ name, outcome: 'completed', startedAgo: '60h', steps: 300 });
  await open(page, name);
  const log = page.getByRole('log', { name: `Log of ${name}` });
  await expect(log).toContainText('artifacts uploaded');
  expect(await toEnd(log)).toBeLessThan(24);

  await log.focus();
  await expect(async () => {
    await page.keyboard.press('Home');
    await expect(log.getByText('Start of the log')).toBeVisible({ timeout: 500 });
  }).toPass();
  const shown = page.getByText(/^[\d,]+\slines shown$/);
  expect(Number(((await shown.textContent()) ?? '').replace(/\D/g, ''))).toBeGreaterThan(1_000);

  await page.getByRole('button', { name: 'Jump to end' }).click();
  await expect(log).toContainText('artifacts uploaded');
  await expect(page.getByRole('button', { name: 'Jump to end' })).toBeHidden();
});

test('older lines come in above what is read, which stays where it is', async ({ cairn, page }) => {
  const name = 'steady-log';
  await cairn.control.seedJob({ name, outcome: 'completed', startedAgo: '60h', steps: 300 });
  await open(page, name);
  const log = page.getByRole('log');
  await expect(log).toContainText('artifacts uploaded');
  let letThrough = () => {};
  const gate = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route('**/logs?*cursor=*', async (route) => {
    await gate;
    await route.continue();
  });
  await log.evaluate((element) => element.scrollTo(0, 300));
  await expect(log).toHaveAttribute('aria-busy', 'true');
  const topLine = () =>
    log.evaluate((element) => {
      const { top } = element.getBoundingClientRect();
      const rows = [...element.querySelectorAll('[data-index]')].map((row) => ({
        from: Math.round(row.getBoundingClientRect().top - top),
        text: row.textContent ?? '',
      }));
      return rows.filter(({ from }) => from >= 0).sort((a, b) => a.from - b.from)[0];
    });
  const before = await topLine();
  const height = await log.evaluate((element) => element.scrollHeight);
  letThrough();
  await expect.poll(() => log.evaluate((element) => element.scrollHeight)).toBeGreaterThan(height);
  expect(await topLine()).toEqual(before);
});

test('words are found in the whole log, and the link shows the same to somebody else', async ({ page, newVisitor }) => {
  await open(page, FAILED);
  await page.getByRole('textbox', { name: 'Words to find in the whole log' }).fill('TrajectoryFailedError');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/lines? found/)).toBeVisible();
  await expect(page.getByText(/, the whole log$/)).toBeVisible();
  const marked = page.getByRole('log').locator('mark');
  await expect(marked.first()).toHaveText('TrajectoryFailedError');
  await page.getByRole('switch', { name: 'Wrap lines' }).click();
  await expect(page).toHaveURL(/q=TrajectoryFailedError.*wrap=true|wrap=true.*q=TrajectoryFailedError/);

  const other = await newVisitor();
  await other.goto(page.url());
  await expect(other.getByRole('log')).toContainText('TrajectoryFailedError');
  await expect(other.getByRole('switch', { name: 'Wrap lines' })).toBeChecked();
  await expect(other.getByRole('log')).toHaveText((await page.getByRole('log').textContent()) ?? '');

  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(page).not.toHaveURL(/q=/);
  await expect(page.getByText(/lines shown/)).toBeVisible();
});

test('lines are copied by mouse and by keyboard', async ({ page }) => {
  await open(page, FAILED);
  const log = page.getByRole('log');
  await expect(log).toContainText('job failed');
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await log.focus();
  await page.keyboard.press('k');
  await page.keyboard.press('c');
  await expect.poll(clipboard).toContain('job failed');
  await page.getByRole('button', { name: 'Copy shown lines' }).click();
  await expect.poll(async () => (await clipboard()).split('\n').length).toBeGreaterThan(100);
});

test('no log yet, an expired one and a forbidden one are told apart', async ({ cairn, page }) => {
  const young = 'without-a-log-yet';
  await cairn.control.seedJob({ name: young, outcome: 'running', startedAgo: '10s', steps: 20 });
  await open(page, young);
  await expect(page.getByText('No log yet')).toBeVisible();
  await cairn.control.advance('15m');
  await expect(page.getByRole('log')).toBeVisible();
  await expect(page.getByText('Live')).toBeVisible();

  await open(page, 'first-trial-1017');
  await expect(page.getByText('The log has expired')).toBeVisible();
});

test.describe('without permission', () => {
  test.use({ expectedComplaints: [/Failed to load resource.*403/] });

  test('the action that is missing is named', async ({ cairn, page }) => {
    const name = 'forbidden-log';
    await cairn.control.seedJob({ name, outcome: 'completed', startedAgo: '30h', steps: 5 });
    await cairn.control.setFaults([{ operation: 'Logs.*', kind: 'access-denied' }]);
    try {
      await open(page, name);
      await expect(page.getByText('The log may not be read')).toBeVisible();
      await expect(page.getByText('logs:DescribeLogStreams').first()).toBeVisible();
    } finally {
      await cairn.control.setFaults([]);
    }
  });
});
