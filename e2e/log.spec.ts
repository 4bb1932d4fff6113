import type { Locator, Page } from '@playwright/test';
import { REGION } from './cairn';
import { expect, test } from './fixtures';

const FAILED = 'support-desk-gpt-oss-20b-1120';
const GROUP = '/aws/eks/agents/application';

test.use({
  permissions: ['clipboard-read', 'clipboard-write'],
  env: { CAIRN_LOG_GROUPS: '/aws/eks/agents/*' },
});

const open = (page: Page, name: string, query = '') => page.goto(`/${REGION}/jobs/AgentRFT/${name}/logs${query}`);
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** How far the list is from its end, in pixels. */
const toEnd = (log: Locator) =>
  log.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);

/** The first line whose top is in view, and where. */
const topLine = (log: Locator) =>
  log.evaluate((element) => {
    const { top } = element.getBoundingClientRect();
    const rows = [...element.querySelectorAll('[data-index]')].map((row) => ({
      from: Math.round(row.getBoundingClientRect().top - top),
      text: row.textContent ?? '',
    }));
    return rows.filter(({ from }) => from >= 0).sort((a, b) => a.from - b.from)[0];
  });

test('a log opens at its end, goes to its first line, and returns', async ({ cairn, page }) => {
  const name = 'long-log';
  await cairn.control.seedJob({ name, outcome: 'completed', startedAgo: '60h', steps: 300 });
  await open(page, name);
  const log = page.getByRole('log', { name: `Log of ${name}` });
  await expect(log).toContainText('artifacts uploaded');
  expect(await toEnd(log)).toBeLessThan(24);

  await log.focus();
  await page.keyboard.press('Home');
  await expect(log.getByText('Start of the log')).toBeVisible();
  expect(await log.evaluate((element) => element.scrollTop)).toBeLessThan(24);

  await page.getByRole('button', { name: 'Jump to end' }).click();
  await expect(log).toContainText('artifacts uploaded');
  await expect(page.getByRole('button', { name: 'Jump to end' })).toBeHidden();
});

test('older lines come in above what is read, which stays where it is', async ({ cairn, page }) => {
  const name = 'steady-log';
  await cairn.control.seedJob({ name, outcome: 'completed', startedAgo: '60h', steps: 300 });
  let letThrough = () => {};
  const gate = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route('**/logs?*before=*', async (route) => {
    await gate;
    await route.continue();
  });
  await open(page, name);
  const log = page.getByRole('log');
  await expect(log).toContainText('artifacts uploaded');
  await log.hover();
  // The lines stand in the page before a script can scroll them.
  await expect(async () => {
    await page.mouse.wheel(0, -900);
    await expect(log).not.toContainText('artifacts uploaded', { timeout: 1_000 });
  }).toPass();
  await expect(log).toHaveAttribute('aria-busy', 'true');
  const read = page.getByText(/^[\d,]+\slines (read|in all)$/);
  const count = async () => Number(((await read.textContent()) ?? '').replace(/\D/g, ''));
  const [before, lines] = [await topLine(log), await count()];
  letThrough();
  await expect.poll(count).toBeGreaterThan(lines);
  expect(await topLine(log)).toEqual(before);
});

test('words are found in the whole log, and the link shows the same to somebody else', async ({ page, newVisitor }) => {
  await open(page, FAILED);
  await page.getByRole('textbox', { name: 'Words to find in the whole log' }).fill('TrajectoryFailedError');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/lines? found/)).toBeVisible();
  await expect(page.getByText(/, the whole log/)).toBeVisible();
  await expect(page.getByRole('log').locator('mark').first()).toHaveText('TrajectoryFailedError');
  await page.getByRole('switch', { name: 'Wrap lines' }).click();
  await expect(page).toHaveURL(/q=TrajectoryFailedError.*wrap=true|wrap=true.*q=TrajectoryFailedError/);

  const other = await newVisitor();
  await other.goto(page.url());
  await expect(other.getByRole('switch', { name: 'Wrap lines' })).toBeChecked();
  await expect(other.getByRole('log').locator('mark').first()).toHaveText('TrajectoryFailedError');

  // A find is shown where it stands, with the lines around it.
  await page.getByRole('log').locator('[data-index] button').last().click();
  await page.getByRole('button', { name: 'Show in the log' }).click();
  await expect(page).not.toHaveURL(/q=/);
  await expect(page.getByRole('log').locator('[data-current]')).toContainText('TrajectoryFailedError');
});

test('a failed job opens at its first error, and a link to a line opens at that line', async ({ page, newVisitor }) => {
  await open(page, FAILED);
  const marked = (on: Page) => on.getByRole('log').locator('[data-current]');
  await expect(marked(page)).toContainText('ERROR');
  const text = (await marked(page).textContent()) ?? '';
  const log = page.getByRole('log');
  await log.focus();
  await page.keyboard.press('l');
  await expect.poll(() => clipboard(page)).toContain('line=');

  const other = await newVisitor();
  await other.goto(await clipboard(page));
  await expect(marked(other)).toHaveText(text);
  await expect(marked(other)).toBeInViewport();

  await page.keyboard.press('End');
  await expect(log).toContainText('job failed');
  await page.getByRole('button', { name: 'First error' }).click();
  await expect(marked(page)).toHaveText(text);
});

test('lines are chosen and copied by mouse and by keyboard', async ({ page }) => {
  await open(page, FAILED, '?open=end');
  const log = page.getByRole('log');
  await expect(log).toContainText('job failed');
  await log.focus();
  await page.keyboard.press('k');
  await page.keyboard.press('c');
  await expect.poll(() => clipboard(page)).toContain('job failed');
  await page.keyboard.press('Shift+K');
  await page.keyboard.press('Shift+K');
  await expect(page.getByText('3 lines chosen')).toBeVisible();
  await page.getByRole('toolbar', { name: 'Chosen lines' }).getByRole('button', { name: 'Copy lines' }).click();
  await expect.poll(async () => (await clipboard(page)).split('\n').length).toBe(3);
  await page.getByRole('button', { name: 'Copy shown lines' }).click();
  await expect.poll(async () => (await clipboard(page)).split('\n').length).toBeGreaterThan(100);
});

test.describe('other sources', () => {
  test.use({ expectedComplaints: [/Failed to load resource.*403/] });

  test('the agent’s log and a named group stand beside the job’s, each with its link', async ({ cairn, page }) => {
    await cairn.control.seedLog({ group: GROUP, stream: 'agent-0', lines: 20_000, startedAgo: '2d', kind: 'service' });
    await open(page, FAILED);
    await page.getByRole('button', { name: 'Source: Job' }).click();
    await page.getByRole('menuitemradio', { name: /AgentCore runtime|Lambda forwarder/ }).click();
    await expect(page).toHaveURL(/source=agent/);
    await expect(page.getByRole('log')).toContainText(/rollout/);

    await page.getByRole('button', { name: /^Source: / }).click();
    await page.getByRole('menuitem', { name: 'Log groups of this job' }).click();
    await page.getByRole('textbox', { name: 'Name of the log group' }).fill('/aws/lambda/payroll');
    await page.getByRole('button', { name: 'Name this group' }).click();
    await expect(page.getByText('does not allow the log group')).toBeVisible();
    await page.getByRole('textbox', { name: 'Name of the log group' }).fill(GROUP);
    await page.getByRole('button', { name: 'Name this group' }).click();
    await expect(page).toHaveURL(/source=group/);
    await expect(page.getByRole('log')).toContainText('rollout served');

    await page.getByRole('button', { name: 'Unfold the JSON' }).nth(20).click();
    await expect(page.getByRole('log').getByText(/^\{\n {2}"timestamp"/)).toBeVisible();
    await page.getByRole('button', { name: 'Level' }).click();
    await page.getByRole('menuitemradio', { name: 'Errors', exact: true }).click();
    await expect(page.getByRole('log')).toContainText('tool call timed out');
    await expect(page.getByRole('log')).not.toContainText('rollout served');
  });
});

test('no log yet, an expired one and a kept one are told apart', async ({ cairn, page }) => {
  const young = 'without-a-log-yet';
  await cairn.control.seedJob({ name: young, outcome: 'running', startedAgo: '10s', steps: 20 });
  await open(page, young);
  await expect(page.getByText('No log yet')).toBeVisible();
  await cairn.control.advance('15m');
  await expect(page.getByRole('log')).toBeVisible();
  await expect(page.getByText('Live')).toBeVisible();

  await open(page, 'first-trial-1017');
  await expect(page.getByText('The log has expired')).toBeVisible();

  await open(page, FAILED);
  await expect(page.getByRole('log')).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Kept by Cairn')).toBeVisible({ timeout: 2_000 });
  }).toPass();
  // Meanwhile the log of another job may be read to be kept.
  await expect(async () => {
    await cairn.control.resetCalls();
    await page.reload();
    await expect(page.getByRole('log')).toBeVisible();
    const { byOperation } = await cairn.control.calls();
    expect(Object.keys(byOperation).filter((name) => name === 'Logs.GetLogEvents')).toEqual([]);
  }).toPass();
});

test('ten thousand hostile lines are all there, as text', async ({ cairn, page }) => {
  test.setTimeout(180_000);
  const name = 'hostile-log';
  await cairn.control.seedJob({ name, outcome: 'completed', startedAgo: '60h', steps: 3 });
  await cairn.control.seedLog({
    group: '/aws/sagemaker/Job/AgentRFT',
    stream: `${name}/fuzz-algo-9`,
    lines: 10_000,
    startedAgo: '59h',
    span: '20m',
    kind: 'hostile',
  });
  await page.setViewportSize({ width: 1280, height: 2_400 });
  await open(page, name);
  const log = page.getByRole('log');
  await expect(log).toBeVisible();
  await log.focus();
  await page.keyboard.press('Home');
  await expect(log.getByText('Start of the log')).toBeVisible();
  const seen = await log.evaluate(async (element) => {
    const marks = new Set<string>();
    const look = () => {
      for (const row of element.querySelectorAll('[data-index]')) {
        const mark = /hostile-\d{6}-/.exec(row.textContent ?? '')?.[0];
        if (mark) marks.add(mark);
      }
    };
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const wheel = async () => {
      element.scrollTop += element.clientHeight - 40;
      await frame();
      await frame();
    };
    // The button goes when the end is reached; until then lines may still be on their way.
    const isEnd = () => ![...document.querySelectorAll('button')].some((one) => one.textContent === 'Jump to end');
    look();
    for (const until = Date.now() + 120_000; Date.now() < until && !isEnd(); look()) await wheel();
    return { lines: marks.size, elements: element.querySelectorAll('script, img, svg[onload], iframe, b').length };
  });
  expect(seen).toEqual({ lines: 10_000, elements: 0 });
  expect(await page.evaluate(() => '__pwned' in window || 'polluted' in {})).toBe(false);
});

test.describe('without permission', () => {
  test.use({ expectedComplaints: [/Failed to load resource.*(403|429|401)/] });

  test('what is missing is named, each in its own way', async ({ cairn, page }) => {
    const name = 'forbidden-log';
    await cairn.control.seedJob({ name, outcome: 'completed', startedAgo: '30h', steps: 5 });
    try {
      await cairn.control.setFaults([{ operation: 'Logs.*', kind: 'access-denied' }]);
      await open(page, name);
      await expect(page.getByText('The log may not be read')).toBeVisible();
      await expect(page.getByText('logs:DescribeLogStreams').first()).toBeVisible();
    } finally {
      await cairn.control.setFaults([]);
    }
  });
});
