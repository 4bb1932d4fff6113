import { readCheckpoints } from './api/read-catalog';
import { expect, test } from './fixtures';
import { JobPage } from './pages/job-page';
import { JobsPage } from './pages/jobs-page';

test.use({ world: 'spine' });

// The account of 20 November 2026: this job ended in the night, in its 48th step of 100.
const FAILED = 'support-desk-gpt-oss-20b-1120';

test('a failed job is found, understood and resumed, and the link shows a teammate the same', async ({
  cairn,
  page,
  newVisitor,
}) => {
  await cairn.waitForFill();
  const jobs = new JobsPage(page);
  const job = new JobPage(page);

  await test.step('open the list and filter to failed', async () => {
    await page.goto('/');
    await expect(jobs.job('code-repair-qwen3-6-27b-1120-rank64')).toBeVisible();
    await jobs.status('Failed').click();
    await expect(page).toHaveURL(/[?&]status=failed\b/);
    await expect(jobs.job('code-repair-qwen3-6-27b-1120-rank64')).toBeHidden();
  });

  await test.step('open the failed job and read why', async () => {
    await jobs.job(FAILED).click();
    await expect(job.heading(FAILED)).toBeVisible();
    const why = page.getByRole('region', { name: 'Why it failed' });
    await expect(why).toContainText('The agent signaled that the trajectory failed');
  });

  await test.step('plan the resume from its last resumable checkpoint', async () => {
    await page.getByRole('link', { name: 'Resume from step 47' }).first().click();
    await expect(page).toHaveURL(/\/us-west-2\/new\?resume=support-desk-mtrl-checkpoint-mpg(\/|%2F)467$/);
    await expect(page.getByRole('heading', { level: 1, name: `Resume from step 47 of ${FAILED}` })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Request as JSON' })).not.toContainText('ServiceOutput');
    const changes = page.getByRole('region', { name: 'What changes' }).getByRole('listitem');
    await expect(changes).toHaveCount(2);
    await expect(changes.filter({ hasText: 'JobName' })).toHaveCount(1);
    await expect(changes.filter({ hasText: 'InputModelPackageArn' })).toContainText(
      'model-package/support-desk-mtrl-checkpoint-mpg/467',
    );
  });

  let resumed = '';
  await test.step('start it with one button', async () => {
    resumed = await page.getByRole('textbox', { name: 'Job name' }).inputValue();
    expect(resumed).not.toBe(FAILED);
    await page.getByRole('button', { name: 'Resume from step 47' }).click();
    await expect(page).toHaveURL(new RegExp(`/us-west-2/jobs/AgentRFT/${resumed}$`));
    await expect(job.heading(resumed)).toBeVisible();
    await expect(page.getByRole('main')).toContainText('Starting');
  });

  await test.step('it starts at step 48', async () => {
    await cairn.control.advance('15m');
    await expect(page.getByRole('main')).toContainText('Running', { timeout: 30_000 });
    await expect
      .poll(async () => (await readCheckpoints(cairn, { jobCategory: 'AgentRFT', jobName: resumed })).at(-1)?.step, {
        timeout: 45_000,
      })
      .toBe(48);
  });

  await test.step('it finishes at step 100 with the right parent', async () => {
    await cairn.control.advance('8h');
    await expect(page.getByRole('main')).toContainText('Completed', { timeout: 45_000 });
    const lineage = page.getByRole('region', { name: 'Lineage' });
    await expect(lineage).toContainText(/Resumed from\s*step 47 of/);
    await expect(lineage.getByRole('link', { name: FAILED })).toBeVisible();
    await expect
      .poll(async () => {
        const checkpoints = await readCheckpoints(cairn, { jobCategory: 'AgentRFT', jobName: resumed });
        const steps = checkpoints.filter(({ kind }) => kind === 'resumable').map(({ step }) => step);
        return [steps.length, steps.at(0), steps.at(-1)];
      })
      .toEqual([53, 100, 48]);
  });

  await test.step('a teammate opens the link and sees the same', async () => {
    await job.tab('Checkpoints').click();
    await expect(page).toHaveURL(/\/checkpoints$/);
    await expect(page.getByRole('main')).toContainText('100');
    const teammate = await newVisitor();
    await teammate.goto(page.url());
    await expect(new JobPage(teammate).heading(resumed)).toBeVisible();
    for (const [first] of [['Completed'], ['100'], ['48']] as const) {
      await expect(teammate.getByRole('main')).toContainText(first);
    }
  });

  await test.step('the parent names the new job as made from it', async () => {
    await job.open(FAILED);
    const children = page.getByRole('list', { name: 'Jobs made from this one' });
    await expect(children.getByRole('link', { name: resumed })).toBeVisible();
  });
});
