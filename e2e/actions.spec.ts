import type { Truth } from '../sandbox/control-client';
import { type Cairn, REGION } from './cairn';
import { expect, test } from './fixtures';
import { JobPage } from './pages/job-page';
import { JobsPage } from './pages/jobs-page';

test.use({ world: 'actions' });

const children = (truth: Truth, parent: string) => truth.jobs.filter((job) => job.parent?.job === parent);

/** A job that failed in its 21st step, and the address of the plan that resumes it. */
async function seedFailed(cairn: Cairn, name: string): Promise<string> {
  await cairn.control.setQuota({ training: 10 });
  await cairn.control.seedJob({ name, outcome: 'failed', startedAgo: '9h', steps: 40, failAtStep: 20 });
  const { packages } = await cairn.control.truth(REGION);
  const last = packages.filter(([, , kind, job]) => kind === 'resumable' && job === name).at(-1);
  if (!last) throw new Error(`${name} left no checkpoint`);
  return `/${REGION}/new?resume=${last[0]}/${last[1]}`;
}

test.beforeEach(async ({ cairn }) => {
  await cairn.waitForFill();
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
  const plan = await seedFailed(cairn, 'clicked-twice');
  await expect(async () => {
    await page.goto(plan);
    await expect(page.getByRole('button', { name: 'Resume from step 20' })).toBeEnabled({ timeout: 3_000 });
  }).toPass({ timeout: 45_000 });
  await page.getByRole('button', { name: 'Resume from step 20' }).dblclick();
  await expect(page).toHaveURL(/\/jobs\/AgentRFT\//);
  expect(children(await cairn.control.truth(REGION), 'clicked-twice')).toHaveLength(1);
});

test('two tabs make one job, and both end at it', async ({ cairn, page, newVisitor }) => {
  const plan = await seedFailed(cairn, 'two-tabs');
  const second = await newVisitor();
  for (const tab of [page, second]) {
    await expect(async () => {
      await tab.goto(plan);
      await expect(tab.getByRole('button', { name: 'Resume from step 20' })).toBeEnabled({ timeout: 3_000 });
    }).toPass({ timeout: 45_000 });
  }
  await Promise.all([page, second].map((tab) => tab.getByRole('button', { name: 'Resume from step 20' }).click()));
  await expect(page).toHaveURL(/\/jobs\/AgentRFT\//);
  await expect(second).toHaveURL(page.url());
  expect(children(await cairn.control.truth(REGION), 'two-tabs')).toHaveLength(1);
});

test('an answer that never came makes one job', async ({ cairn, page }) => {
  const plan = await seedFailed(cairn, 'answer-lost');
  await expect(async () => {
    await page.goto(plan);
    await expect(page.getByRole('button', { name: 'Resume from step 20' })).toBeEnabled({ timeout: 3_000 });
  }).toPass({ timeout: 45_000 });
  // The job is made, and the answer is an error: what a broken connection looks like to the one who waits.
  await cairn.control.setFaults([{ operation: 'CreateJob', kind: 'error', times: 1, afterEffect: true }]);
  await page.getByRole('button', { name: 'Resume from step 20' }).click();
  await expect(page).toHaveURL(/\/jobs\/AgentRFT\//, { timeout: 60_000 });
  await cairn.control.setFaults([]);
  const made = children(await cairn.control.truth(REGION), 'answer-lost');
  expect(made).toHaveLength(1);
  await expect(new JobPage(page).heading(made[0]?.name ?? '')).toBeVisible();
});

test('over the quota, the plan or the button says so in words, and no job is made', async ({ cairn, page }) => {
  const plan = await seedFailed(cairn, 'over-quota');
  await cairn.control.setQuota({ training: 1 });
  await expect(async () => {
    await page.goto(plan);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Resume from step 20', { timeout: 3_000 });
  }).toPass({ timeout: 45_000 });
  const button = page.getByRole('button', { name: 'Resume from step 20' });
  if (await button.isEnabled()) await button.click();
  await expect(page.getByRole('main')).toContainText(/quota|running training job|at most/i);
  expect(children(await cairn.control.truth(REGION), 'over-quota')).toHaveLength(0);
});
