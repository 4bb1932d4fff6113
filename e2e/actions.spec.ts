import type { Locator, Page } from '@playwright/test';
import type { SeedJobRequest, Truth } from '../sandbox/control-client';
import { type Cairn, REGION } from './cairn';
import { expect, test } from './fixtures';
import { JobPage } from './pages/job-page';
import { JobsPage } from './pages/jobs-page';

/** Jobs that failed in their 21st step, one for each test. */
const FAILED_JOBS = ['clicked-twice', 'two-tabs', 'answer-lost', 'over-quota'].map(
  (name, i): SeedJobRequest => ({
    name,
    outcome: 'failed',
    startedAgo: `${20 + 4 * i}h`,
    steps: 40,
    failAtStep: 20,
    groups: { output: `${name}-mpg`, intermediate: `${name}-checkpoint-mpg` },
  }),
);

test.use({ world: 'actions', before: { jobs: FAILED_JOBS } });

const children = (truth: Truth, parent: string) => truth.jobs.filter((job) => job.parent?.job === parent);

/** Opens the plan that resumes a job from its last resumable checkpoint. */
async function openPlan(cairn: Cairn, page: Page, job: string): Promise<Locator> {
  const { packages } = await cairn.control.truth(REGION);
  const last = packages.filter(([, , kind, maker]) => kind === 'resumable' && maker === job).at(-1);
  if (!last) throw new Error(`${job} left no checkpoint`);
  await page.goto(`/${REGION}/new?resume=${last[0]}/${last[1]}`);
  const button = page.getByRole('button', { name: 'Resume from step 20' });
  await expect(button).toBeVisible();
  return button;
}

/** The answer to the request that starts a job: before it came, nothing can be said of how many jobs there are. */
const createAnswered = (page: Page) =>
  page.waitForResponse(
    (response) => response.request().method() === 'POST' && new URL(response.url()).pathname === `/api/${REGION}/jobs`,
  );

test.beforeEach(async ({ cairn }) => {
  await cairn.waitForFill();
  await cairn.control.setQuota({ training: 10 });
});

test('stopping asks first, says what it does, and does it once', async ({ cairn, page }) => {
  const name = 'to-be-stopped';
  await cairn.control.seedJob({ name, outcome: 'running', startedAgo: '1h', steps: 60 });
  await new JobsPage(page).open();
  await expect(new JobsPage(page).job(name)).toBeVisible({ timeout: 30_000 });
  const job = new JobPage(page);
  await job.open(name);

  await job.button('Stop').click();
  const dialog = page.getByRole('dialog', { name: 'Stop this job?' });
  await expect(dialog).toContainText(name);
  await expect(dialog).toContainText('promotes the last intermediate checkpoint');
  await dialog.getByRole('button', { name: 'Keep it running' }).click();
  await expect(dialog).toBeHidden();
  const { jobs } = await cairn.control.truth(REGION);
  expect(jobs.find((each) => each.name === name)?.status).toBe('InProgress');

  await job.button('Stop').click();
  await dialog.getByRole('button', { name: 'Stop the job' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('main')).toContainText('Stopping');
  await cairn.control.advance('10m');
  await expect(page.getByRole('region', { name: 'How it ended' })).toContainText('The job was stopped', {
    timeout: 30_000,
  });
  await expect(job.button('Stop')).toHaveCount(0);
});

test('two clicks make one job', async ({ cairn, page }) => {
  const button = await openPlan(cairn, page, 'clicked-twice');
  const answered = createAnswered(page);
  await button.dblclick();
  expect((await answered).ok()).toBe(true);
  await expect(page).toHaveURL(/\/jobs\/AgentRFT\//);
  expect(children(await cairn.control.truth(REGION), 'clicked-twice')).toHaveLength(1);
});

test('two tabs make one job, and both end at it', async ({ cairn, page, newVisitor }) => {
  const second = await newVisitor();
  const buttons = [await openPlan(cairn, page, 'two-tabs'), await openPlan(cairn, second, 'two-tabs')];
  await Promise.all(buttons.map((button) => button.click()));
  await expect(page).toHaveURL(/\/jobs\/AgentRFT\//);
  await expect(second).toHaveURL(page.url());
  expect(children(await cairn.control.truth(REGION), 'two-tabs')).toHaveLength(1);
});

test('an answer that never came makes one job', async ({ cairn, page }) => {
  const button = await openPlan(cairn, page, 'answer-lost');
  await expect(button).toBeEnabled();
  // The job is made, and the answer is an error: what a broken connection looks like to the one who waits.
  await cairn.control.setFaults([{ operation: 'CreateJob', kind: 'error', times: 1, afterEffect: true }]);
  await button.click();
  await expect(page).toHaveURL(/\/jobs\/AgentRFT\//, { timeout: 60_000 });
  await cairn.control.setFaults([]);
  const made = children(await cairn.control.truth(REGION), 'answer-lost');
  expect(made).toHaveLength(1);
  await expect(new JobPage(page).heading(made[0]?.name ?? '')).toBeVisible();
});

test.describe('at the quota', () => {
  test.use({ expectedComplaints: [/status of 429/] });

  test('the refusal is said in words, and no job is made', async ({ cairn, page }) => {
    await cairn.control.seedJob({ name: 'holds-the-quota', outcome: 'running', startedAgo: '1h', steps: 60 });
    await cairn.control.setQuota({ training: 1 });
    const button = await openPlan(cairn, page, 'over-quota');
    const answered = createAnswered(page);
    await button.click();
    expect((await answered).status()).toBe(429);
    const refusal = page.getByRole('main').getByRole('alert').filter({ hasText: 'The job was not started' });
    await expect(refusal).toContainText('Service Quotas');
    expect(children(await cairn.control.truth(REGION), 'over-quota')).toHaveLength(0);
  });
});
