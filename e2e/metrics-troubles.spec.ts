import type { Page } from '@playwright/test';
import { REGION } from './cairn';
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

test('a rollout of 30,000 spans, and one of 10 MB: read in pieces, the end as near as the beginning', async ({
  cairn,
  page,
}) => {
  await cairn.waitForFill();
  await open(page, 'long-traces', 'rollouts', '?step=3&sort=longest');
  const list = page.getByRole('region', { name: 'List of rollouts' });
  await expect(list.getByRole('row').nth(2)).toBeVisible();
  const { rollouts } = await cairn.api<{ rollouts: { traceId: string; startTime: string }[] }>(
    `/api/${REGION}/jobs/AgentRFT/long-traces/rollouts?step=3&limit=500`,
  );
  const spans = await Promise.all(
    rollouts.map(async ({ traceId }) => {
      const { totalParts } = await cairn.api<{ totalParts: number }>(
        `/api/${REGION}/jobs/AgentRFT/long-traces/rollouts/${traceId}`,
      );
      return { traceId, totalParts };
    }),
  );
  const [longest] = spans.sort((a, b) => b.totalParts - a.totalParts);
  expect(longest?.totalParts).toBeGreaterThan(30_000);

  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await open(page, 'long-traces', 'rollouts', `?step=3&trace=${longest?.traceId}`);
  const conversation = page.getByTestId('conversation');
  await expect(conversation.locator('[data-kind="model"]').first()).toBeVisible();
  await conversation.getByRole('button', { name: 'End' }).click();
  await expect(conversation.getByText('Page 15000 of 15000.')).toBeVisible();
  await conversation.getByRole('button', { name: 'First error' }).click();
  await expect(conversation.getByText('page 7501 is locked').first()).toBeVisible();
  // Of 45,000 entries a few hundred went over the wire, and a few dozen are in the page.
  expect(asked.filter((url) => url.includes(`/rollouts/${longest?.traceId}`)).length).toBeLessThan(12);
  expect(await conversation.locator('li').count()).toBeLessThan(80);
  await page.getByRole('button', { name: 'Close the rollout' }).click();
  await expect(conversation).toHaveCount(0);
});
