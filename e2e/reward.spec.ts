import type { Page } from '@playwright/test';
import { REGION } from './cairn';
import { expect, test } from './fixtures';
import { readPng } from './read-png';

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

test('the picture of it: one unbroken line, a seam at either place, and nothing left of what was discarded but a dim trace', async ({
  cairn,
  page,
}) => {
  await cairn.waitForFill();
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  // The line as it is, without what else may cross it.
  await open(page, '?smooth=0&hide=validation,pass-1,minmax,std');
  await expect(page.locator('[data-line^="reward-tail"]')).toHaveCount(2);
  const plot = await chart(page).boundingBox();
  if (!plot) throw new Error('no chart');
  const [from, to] = await Promise.all(
    ['aria-valuemin', 'aria-valuemax'].map(async (name) => Number(await chart(page).getAttribute(name))),
  );
  const column = (step: number) => Math.round(((step - (from ?? 0)) / ((to ?? 1) - (from ?? 0))) * plot.width);
  const colours = await page.evaluate(() => {
    const rgb = (name: string) => {
      // Each its own: a colour that changes may take its time.
      const probe = document.createElement('span');
      probe.style.color = `var(${name})`;
      document.body.append(probe);
      const found = (getComputedStyle(probe).color.match(/\d+/g) ?? []).slice(0, 3).map(Number);
      probe.remove();
      return found;
    };
    return {
      line: rgb('--cairn-accent'),
      dim: rgb('--cairn-line-strong'),
      grid: rgb('--cairn-line'),
      paper: rgb('--cairn-surface'),
    };
  });
  const picture = readPng(await page.screenshot({ clip: plot, animations: 'disabled' }));
  const far = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((value, i) => value - (b[i] ?? 0)));
  // A pale blue of the line's edge is near the grey of the seams; what is counted as grey has to be it.
  const nameAt = (x: number, y: number) => {
    const pixel = picture.at(x, y);
    const distances = Object.entries(colours).map(([name, colour]) => [name, far(pixel, colour)] as const);
    const [name, distance] = distances.reduce((best, each) => (each[1] < best[1] ? each : best));
    return name === 'dim' && distance > 40 ? 'edge' : name;
  };
  const columns = Array.from({ length: picture.width }, (_, x) =>
    Array.from({ length: picture.height }, (__, y) => nameAt(x, y)),
  );
  const count = (x: number, name: string) => columns[x]?.filter((each) => each === name).length ?? 0;

  const seams = columns.flatMap((_, x) => (count(x, 'dim') > picture.height * 0.8 ? [x] : []));
  expect(seams).toHaveLength(2);
  for (const [i, step] of [10, 25].entries()) {
    expect(Math.abs((seams[i] ?? 0) - column(step)), `seam at step ${step}`).toBeLessThanOrEqual(1);
  }
  const isSeam = (x: number) => seams.some((seam) => Math.abs(seam - x) <= 1);

  const broken = columns.flatMap((_, x) =>
    x > column(1) + 1 && x < column(45) - 1 && !isSeam(x) && count(x, 'line') === 0 ? [x] : [],
  );
  expect(broken, 'columns without the line').toEqual([]);
  // One line: in every column its pixels hang together.
  const torn = columns.flatMap((names, x) => {
    const [first, last] = [names.indexOf('line'), names.lastIndexOf('line')];
    return names.slice(first, last + 1).filter((name) => name === 'paper').length > 2 ? [x] : [];
  });
  expect(torn, 'columns with two lines').toEqual([]);

  // Steps 11 and 12 were lost and redone, 26 to 30 left aside: dim, and nowhere else.
  const dim = columns.flatMap((_, x) => (!isSeam(x) && count(x, 'dim') > 0 ? [x] : []));
  const within = (x: number, a: number, b: number) => x >= column(a) - 2 && x <= column(b) + 2;
  expect(dim.filter((x) => within(x, 11, 12)).length).toBeGreaterThan(3);
  expect(dim.filter((x) => within(x, 26, 30)).length).toBeGreaterThan(15);
  expect(dim.filter((x) => !within(x, 11, 12) && !within(x, 26, 30))).toEqual([]);
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
