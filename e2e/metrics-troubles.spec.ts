import type { Page } from '@playwright/test';
import { type Cairn, REGION } from './cairn';
import { expect, test } from './fixtures';

test.use({ world: 'mlflow-troubles', scenario: 'mlflow-troubles' });

const open = (page: Page, name: string, tab = 'metrics', query = '') =>
  page.goto(`/${REGION}/jobs/AgentRFT/${name}/${tab}${query}`);
const chart = (page: Page) => page.getByRole('slider', { name: /^Reward by step/ });

/** What keeps a job's curves away: the title of its message, a part of the words, and what to do. */
const NOTHING: [job: string, title: string, words: RegExp, hint: RegExp][] = [
  ['no-mlflow', 'This job does not log to MLflow', /names no MLflow app or tracking server/, /MlflowConfig/],
  ['app-deleted', 'Its MLflow is gone', /no MLflow app app-DELETED00001 any more/, /It was deleted/],
  ['app-denied', 'MLflow may not be read', /MLflow app app-DENIED000001 refused GetRun/, /sagemaker:CallMlflowAppApi/],
  ['server-down', 'MLflow did not answer', /MLflow/, /again|Check/],
  ['run-deleted', 'The MLflow run is not there', /run of this job was deleted in MLflow/, /restored there for a while/],
  ['same-name-one', 'Several runs could be this job’s', /MLflow has 2 runs named same-name/, /does not guess/],
];

test('whatever fails at MLflow is said in its own words, and the rest of the page lives', async ({ cairn, page }) => {
  await cairn.waitForFill();
  for (const [job, title, words, hint] of NOTHING) {
    await open(page, job);
    await expect(page.getByRole('heading', { name: title }), job).toBeVisible();
    const main = page.locator('main');
    await expect(main, job).toContainText(words);
    await expect(main, job).toContainText(hint);
    // The job itself is there, and so are its other parts.
    await expect(page.getByRole('heading', { level: 1, name: new RegExp(job) })).toBeVisible();
    await page.getByRole('link', { name: 'Checkpoints', exact: true }).first().click();
    await expect(page.getByRole('region', { name: 'Checkpoints', exact: true }).getByRole('row').nth(2)).toBeVisible();
  }
});

test('rollouts say the same, and a comparison leaves only the job itself without a curve', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await open(page, 'app-denied', 'rollouts');
  await expect(page.getByRole('heading', { name: 'MLflow may not be read' })).toBeVisible();
  await page.goto(`/${REGION}/compare?jobs=all-is-well,app-deleted,server-down`);
  await expect(page.locator('[data-line][data-look="strong"]')).toHaveCount(1);
  const jobs = page.getByRole('region', { name: 'Compared jobs' });
  await expect(jobs.getByRole('row').filter({ hasText: 'app-deleted' })).toBeVisible();
});

test('a session that ends in the middle is renewed, and nobody notices', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await open(page, 'sessions-only');
  await expect(chart(page)).toBeVisible();
  // A metric that nobody looked at yet has to be asked for, and the session of before, one hour long, is refused.
  await cairn.control.advance('3h');
  await page.getByRole('textbox', { name: 'Search all metrics' }).fill('advantage/n_negative');
  const card = page.getByRole('article', { name: 'rollout/advantage/n_negative' });
  await expect(card.getByRole('slider')).toBeVisible();
  await expect(page.getByText(/may not be read|did not answer|refused/)).toHaveCount(0);
});

test('a metric of 100,000 points: drawn thinned, and said to be', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await open(page, 'long-metric', 'metrics', '?q=agent/latency');
  const card = page.getByRole('article', { name: 'agent/latency_ms' });
  // A panel asks for its values once it comes near the window.
  await card.scrollIntoViewIfNeeded();
  await expect(card).toContainText(/1,\d{3} of 100,000 points/);
  await card.getByRole('slider').focus();
  await page.keyboard.press('End');
  await expect(card.getByRole('slider')).toHaveAttribute('aria-valuetext', /^Step 99,999, /);
});

/** The rollout of a step with the most of something, out of the API's own answers. */
async function findRollout(cairn: Cairn, step: number, most: (page: ConversationPage) => number) {
  const rollouts = `/api/${REGION}/jobs/AgentRFT/long-traces/rollouts`;
  const list = await cairn.api<{ rollouts: { traceId: string }[] }>(`${rollouts}?step=${step}&limit=500`);
  const found = await Promise.all(
    list.rollouts.map(async ({ traceId }) => ({
      traceId,
      size: most(await cairn.api<ConversationPage>(`${rollouts}/${traceId}`)),
    })),
  );
  const [first] = found.sort((a, b) => b.size - a.size);
  if (!first) throw new Error(`step ${step} has no rollout`);
  return first;
}

interface ConversationPage {
  totalParts: number;
  parts: { text: string }[];
}

test('a rollout of 30,000 spans is read in pieces, the end as near as the beginning', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await open(page, 'long-traces', 'rollouts', '?step=3&sort=longest');
  await expect(page.getByRole('region', { name: 'List of rollouts' }).getByRole('row').nth(2)).toBeVisible();
  const longest = await findRollout(cairn, 3, ({ totalParts }) => totalParts);
  expect(longest.size).toBeGreaterThan(30_000);

  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await open(page, 'long-traces', 'rollouts', `?step=3&trace=${longest.traceId}`);
  const conversation = page.getByTestId('conversation');
  await expect(conversation.locator('[data-kind="model"]').first()).toBeVisible();
  await conversation.getByRole('button', { name: 'End' }).click();
  await expect(conversation.getByText('Page 15000 of 15000.')).toBeVisible();
  await conversation.getByRole('button', { name: 'First error' }).click();
  await expect(conversation.getByText('page 7501 is locked').first()).toBeVisible();
  // Of 45,000 entries a few hundred went over the wire, and a few dozen are in the page.
  expect(asked.filter((url) => url.includes(`/rollouts/${longest.traceId}`)).length).toBeLessThan(12);
  expect(await conversation.locator('li').count()).toBeLessThan(80);
  await page.getByRole('button', { name: 'Close the rollout' }).click();
  await expect(conversation).toHaveCount(0);
});

test('a rollout of 10 MB: what every call repeats is told once, and what is long is cut until it is asked for', async ({
  cairn,
  page,
}) => {
  await cairn.waitForFill();
  const heaviest = await findRollout(cairn, 4, ({ parts }) => parts.reduce((sum, { text }) => sum + text.length, 0));
  // Each of its 18 calls holds every page of 55,000 characters before it; of these at most 20,000 are sent, and once.
  expect(heaviest.size).toBeGreaterThan(300_000);
  expect(heaviest.size).toBeLessThan(18 * 21_000);
  await open(page, 'long-traces', 'rollouts', `?step=4&trace=${heaviest.traceId}`);
  const conversation = page.getByTestId('conversation');
  await expect(conversation.locator('[data-kind="model"]').first()).toBeVisible();
  await expect(conversation.getByText('Page 18 of 18.')).toBeAttached();
  const length = () => conversation.evaluate((element) => element.textContent?.length ?? 0);
  expect(await length()).toBeLessThan(60_000);
  await expect(conversation.getByText('35,000 more characters of this entry are not shown.').first()).toBeVisible();
  const before = await length();
  await conversation.getByRole('button', { name: 'Show all 20,000 characters' }).first().click();
  await expect.poll(length).toBeGreaterThan(before + 15_000);
});
