import type { Page } from '@playwright/test';
import { REGION } from './cairn';
import { expect, test } from './fixtures';

const PATH = `/${REGION}/lineage`;
const FAILED = 'support-desk-gpt-oss-20b-1120';

const lane = (page: Page, name: string) => page.locator(`[data-graph-id="AgentRFT/${name}"]`);
const focused = (page: Page) => page.locator('[data-graph-id]:focus');

test('draws a month as lanes, joined by links of the right kind', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await page.goto(PATH);
  await expect(page.getByText('42 jobs')).toBeVisible();
  await expect(lane(page, FAILED)).toBeVisible();
  const links = (kind: string) => page.locator(`path[data-kind="${kind}"]`);
  await expect(links('solid')).toHaveCount(2);
  await expect(links('dashed')).toHaveCount(14);
  await expect(links('dotted')).toHaveCount(12);
  expect(await page.locator('.react-flow__node').count()).toBeLessThanOrEqual(300);
});

test('arrow keys travel along links, Enter opens what is known, Escape closes it', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await page.goto(`${PATH}?focus=job:AgentRFT/${FAILED}`);
  const panel = page.getByRole('complementary', { name: `About ${FAILED}` });
  await expect(panel).toBeVisible();
  await expect(panel.getByText('Iterated from step')).toBeVisible();
  await lane(page, FAILED).focus();

  // Left of a lane's beginning lies the checkpoint it came from, above that lane's name its own.
  await page.keyboard.press('ArrowLeft');
  await expect(focused(page)).toHaveAccessibleName(/^Step \d+ of support-desk-gpt-oss-20b-\d+/);
  await expect(focused(page)).toHaveAccessibleName(/other jobs started here/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: /^About Step/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Resume' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Iterate' })).toBeVisible();
  await expect(page).toHaveURL(/focus=package/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: /^About/ })).toBeHidden();
  await page.keyboard.press('ArrowDown');
  await expect(focused(page)).toHaveAccessibleName(/(from|evaluates) step/);
});

test('keys work from a link on: back by checkpoint and job to the first job, never to another lineage', async ({
  cairn,
  page,
}) => {
  await cairn.waitForFill();
  await page.goto(`${PATH}?focus=job:AgentRFT/${FAILED}`);
  await expect(lane(page, FAILED)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(focused(page)).toHaveAccessibleName(new RegExp(`^Step \\d+ of ${FAILED}`));
  await page.keyboard.press('ArrowUp');
  await expect(focused(page)).toHaveAttribute('data-graph-id', `AgentRFT/${FAILED}`);
  await page.keyboard.press('ArrowUp');
  await expect(focused(page)).toHaveAttribute('data-graph-id', /^AgentRFT\/support-desk-gpt-oss-20b-1110@90$/);
  await page.keyboard.press('ArrowUp');
  await expect(focused(page)).toHaveAttribute('data-graph-id', 'AgentRFT/support-desk-gpt-oss-20b-1110');

  // More presses than there are stops: the first job is the end.
  for (let presses = 0; presses < 12; presses += 1) await page.keyboard.press('ArrowUp');
  await expect(focused(page)).toHaveAttribute('data-graph-id', 'AgentRFT/support-desk-gpt-oss-20b-1022');

  const panel = page.getByRole('complementary', { name: `About ${FAILED}` });
  expect(await panel.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
});

test('a filter leaves nobody with an empty window, nor does a link to where nothing is', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await page.goto(`${PATH}?focus=job:AgentRFT/${FAILED}`);
  await expect(lane(page, FAILED)).toBeInViewport();
  await page.getByRole('button', { name: 'Only this lineage' }).click();
  await expect(page.getByText(/^\d+\sof\s42\sjobs/)).toBeVisible();
  await expect(lane(page, FAILED)).toBeInViewport();
  await page.getByRole('button', { name: 'Only this lineage' }).click();
  await expect(page.getByText(/^42\sjobs/)).toBeVisible();
  await expect(lane(page, FAILED)).toBeInViewport();

  // Without a focus, and with a view in the address, which then holds the new one.
  await page
    .getByRole('complementary', { name: `About ${FAILED}` })
    .getByRole('button', { name: 'Close' })
    .click();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect(page).toHaveURL(/at=/);
  const at = () => new URL(page.url()).searchParams.get('at');
  const before = at();
  await page.getByRole('button', { name: /^Stopped/ }).click();
  await expect(page.getByText(/^\d+\sof\s42\sjobs/)).toBeVisible();
  await expect(page.locator('[data-graph-id]').first()).toBeInViewport();
  await expect.poll(at).not.toBe(before);

  const scale = (before ?? '').split(',')[3];
  await page.goto(`${PATH}?at=900000,900000,1,${scale}`);
  await expect(lane(page, FAILED)).toBeInViewport();
});

test('a link shows a second person the same part of the same picture', async ({ cairn, page, newVisitor }) => {
  await cairn.waitForFill();
  await page.goto(PATH);
  await expect(lane(page, FAILED)).toBeVisible();
  await page.getByRole('radiogroup', { name: 'Axis' }).getByText('Steps').click();
  await page.getByLabel('Find a job in the lineage').fill(FAILED);
  await page.getByRole('option', { name: FAILED }).click();
  await expect(page.getByRole('complementary', { name: `About ${FAILED}` })).toBeVisible();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect(page).toHaveURL(/at=/);
  const before = new URL(page.url()).searchParams.get('at');
  await page.getByRole('button', { name: /^Failed/ }).click();
  await expect(page.getByRole('button', { name: /^Failed/ })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText(/^\d+\sof\s42\sjobs/)).toBeVisible();
  // The view moves with what was laid out anew, and the address with it.
  await expect.poll(() => new URL(page.url()).searchParams.get('at')).not.toBe(before);

  const visitor = await newVisitor();
  await visitor.setViewportSize(page.viewportSize() ?? { width: 1280, height: 720 });
  await visitor.goto(page.url());
  await expect(visitor.getByRole('complementary', { name: `About ${FAILED}` })).toBeVisible();
  await expect(visitor.getByRole('button', { name: /^Failed/ })).toHaveAttribute('aria-pressed', 'true');
  const placeOf = async (of: Page) => {
    const box = await lane(of, FAILED).boundingBox();
    return [Math.round(box?.x ?? -1), Math.round(box?.y ?? -1)];
  };
  const [x = 0, y = 0] = await placeOf(page);
  await expect.poll(async () => (await placeOf(visitor))[0]).toBeGreaterThan(x - 6);
  const [visitorX = 0, visitorY = 0] = await placeOf(visitor);
  expect(Math.abs(visitorX - x)).toBeLessThan(6);
  expect(Math.abs(visitorY - y)).toBeLessThan(6);
});

test('a lane hides what came of it and says how much', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await page.goto(`${PATH}?view=list`);
  const tree = page.getByRole('tree', { name: 'Lineage of jobs' });
  const parent = tree.getByRole('treeitem', { expanded: true }).last();
  const name = (await parent.getAttribute('aria-label')) ?? '';
  // The list is on screen before it hears keys: a person presses again.
  await expect(async () => {
    await parent.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(page).toHaveURL(/closed=/, { timeout: 2_000 });
  }).toPass();
  const closed = tree.getByRole('treeitem', { name: name.split(',')[0] ?? '' });
  await expect(closed.first()).toHaveAttribute('aria-expanded', 'false');
  await expect(closed.first()).toContainText('below not shown');
  await page.keyboard.press('ArrowRight');
  await expect(page).not.toHaveURL(/closed=/);
});

test('a phone gets the list, and the panel over it', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(PATH);
  const tree = page.getByRole('tree', { name: 'Lineage of jobs' });
  await expect(tree.getByRole('treeitem')).toHaveCount(42);
  await tree.getByRole('treeitem', { name: new RegExp(FAILED) }).click();
  await expect(page.getByRole('complementary', { name: `About ${FAILED}` })).toBeVisible();
});

test('it is reached from the header, by keys and from a job', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await page.goto(`/${REGION}/jobs/AgentRFT/${FAILED}`);
  await page.getByRole('link', { name: 'Show in the graph' }).click();
  await expect(page.getByRole('complementary', { name: `About ${FAILED}` })).toBeVisible();
  await page.getByRole('navigation', { name: 'Primary' }).getByRole('link', { name: 'Jobs' }).click();
  await expect(page).toHaveURL(/\/jobs$/);
  await page.getByRole('navigation', { name: 'Primary' }).getByRole('link', { name: 'Lineage' }).click();
  await expect(lane(page, FAILED)).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/\/jobs$/);
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(page).toHaveURL(/\/lineage$/);
});

test('exports the whole graph as SVG and as PNG', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await page.goto(PATH);
  await expect(lane(page, FAILED)).toBeVisible();
  for (const [item, name, begin] of [
    ['As SVG', 'lineage.svg', '<svg'],
    ['As PNG', 'lineage.png', '\u0089PNG'],
  ] as const) {
    await page.getByRole('button', { name: 'Export' }).click();
    const waiting = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: item }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe(name);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const file = Buffer.concat(chunks);
    expect(file.toString('latin1', 0, begin.length)).toBe(begin);
    if (item === 'As SVG') expect(file.toString()).toContain(FAILED);
  }
});

test('a range of checkpoints opens in its place, by a click or by keys, and leads to each step', async ({
  cairn,
  page,
}) => {
  await cairn.waitForFill();
  await page.goto(`${PATH}?focus=job:AgentRFT/${FAILED}`);
  const ranges = page.getByRole('region', { name: 'Checkpoints by range' });
  await ranges.getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  const opened = page.getByRole('region', { name: 'Opened range of checkpoints' });
  await expect(opened).toBeFocused();
  await expect(page).toHaveURL(/range=/);
  await page.keyboard.press('Escape');
  await expect(opened).toBeHidden();
  await expect(ranges.getByRole('button').first()).toBeFocused();

  // On the strip below the lane: the same, without a panel.
  await page.keyboard.press('Escape');
  const strip = page
    .locator('.react-flow__node', { has: lane(page, FAILED) })
    .locator('svg')
    .first();
  await strip.click();
  await opened
    .getByRole('button', { name: /^Step \d+/ })
    .first()
    .click();
  await expect(page.getByRole('complementary', { name: /^About Step/ })).toBeVisible();
});
