import { readFile } from 'node:fs/promises';
import { REGION } from './cairn';
import { expect, test } from './fixtures';

const JOB = 'to-prune';
const CHILD = 'goes-on';
const LATE = 'late-evaluation';

test.use({
  world: 'prune',
  scenario: 'empty',
  before: {
    jobs: [
      {
        name: JOB,
        outcome: 'completed',
        startedAgo: '20h',
        steps: 24,
        groups: { output: `${JOB}-mpg`, intermediate: `${JOB}-checkpoint-mpg` },
      },
      {
        name: CHILD,
        outcome: 'completed',
        startedAgo: '3h',
        steps: 30,
        from: { job: JOB, step: 7, kind: 'resume' },
        groups: { output: `${CHILD}-mpg`, intermediate: `${CHILD}-checkpoint-mpg` },
      },
    ],
  },
});

test.beforeEach(({ cairn }) => cairn.waitForFill());

test('prunes with dependencies in the way, from the page to the end', async ({ cairn, page }) => {
  await page.goto(`/${REGION}/jobs`);
  await page.getByRole('navigation', { name: 'Primary' }).getByRole('link', { name: 'Prune' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Prune' })).toBeVisible();

  const keep = page.getByRole('region', { name: 'Keep' });
  const best = keep.getByRole('textbox', { name: 'Best steps of each job' });
  await best.fill('0');
  await best.press('Enter');
  await page.getByRole('combobox', { name: 'Made by job' }).fill('prune');
  await page.getByRole('option', { name: JOB, exact: true }).click();
  await expect(page).toHaveURL(/best=0&job=to-prune/);
  const summary = page.getByRole('region', { name: 'Summary' });
  // 24 twins, less the last ones and what the child started from.
  await expect(summary.getByRole('button', { name: 'Delete 45 checkpoints' })).toBeVisible();

  // What the child started from stays, its box is shut, and it says why.
  await page.getByRole('button', { name: /^A job started from it/ }).click();
  const needed = page
    .getByRole('table', { name: 'Checkpoints' })
    .getByRole('row', { name: new RegExp(`${CHILD} started from it`) });
  await expect(needed).toHaveCount(1);
  const box = needed.getByRole('checkbox');
  await expect(box).not.toBeChecked();
  await box.press('Space');
  await expect(box).not.toBeChecked();
  await expect(summary.getByRole('button', { name: 'Delete 45 checkpoints' })).toBeVisible();

  // One is left out by hand.
  await page.getByRole('radiogroup', { name: 'Which to show' }).getByText('May go 45').click();
  const first = page.getByRole('table', { name: 'Checkpoints' }).getByRole('checkbox').first();
  const left = ((await first.getAttribute('aria-label')) ?? '').replace('Delete ', '');
  await first.uncheck();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download CSV' }).click();
  const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(45);
  expect(lines[1]).toMatch(/^arn:aws:sagemaker:.*,yes,"No rule keeps it/);
  expect(lines.join('\n')).not.toContain(`/${left},`);
  await summary.getByRole('button', { name: 'Delete 44 checkpoints' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete 44 checkpoints?' });
  const confirm = dialog.getByRole('button', { name: 'Delete 44 checkpoints' });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Type 44 to confirm' }).fill('44');

  // A job that nobody told Cairn about starts from one that is about to go.
  const { packages } = await cairn.control.truth(REGION);
  const late = packages.find(([, , kind, maker, , step]) => kind === 'model' && maker === JOB && step === 20);
  if (!late) throw new Error('no model checkpoint of step 20');
  await cairn.control.seedJob({
    name: LATE,
    category: 'AgentRFTEvaluation',
    outcome: 'running',
    from: { job: JOB, step: 20, kind: 'evaluate' },
  });
  await confirm.click();

  await expect(page.getByRole('heading', { level: 1, name: /^Clean-up \d+$/ })).toBeVisible();
  const state = page.getByRole('region', { name: 'How it stands' });
  await state.getByRole('button', { name: 'Pause' }).click();
  await expect(state.getByText('Paused', { exact: true })).toBeVisible();
  await state.getByRole('button', { name: 'Go on' }).click();
  await expect(state.getByText('43 of 44 deleted, 1 kept')).toBeVisible({ timeout: 120_000 });
  await expect(state.getByText('Done', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^Kept/ }).click();
  await expect(page.getByRole('table').getByText(`${LATE} started from it.`)).toBeVisible();

  const after = (await cairn.control.truth(REGION)).packages.filter(([, , , maker]) => maker === JOB);
  const names = after.map(([group, version]) => `${group}/${version}`);
  expect(after).toHaveLength(5);
  expect(names).toContain(left);
  expect(names).toContain(`${late[0]}/${late[1]}`);
  expect(after.some(([, , kind, , , step]) => kind === 'resumable' && step === 7)).toBe(true);

  // What is gone is remembered and offers nothing any more.
  const gone = packages.find(([, , kind, maker, , step]) => kind === 'model' && maker === JOB && step === 3);
  if (!gone) throw new Error('no model checkpoint of step 3');
  await page.goto(`/${REGION}/checkpoints/${gone[0]}/${gone[1]}`);
  await expect(page.getByText('Deleted', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('It was deleted: AWS does not have the package any more.').first()).toBeVisible();
});

test('a job and a lineage lead here with their filter set', async ({ page }) => {
  await page.goto(`/${REGION}/jobs/AgentRFT/${JOB}/checkpoints`);
  await page.getByRole('link', { name: 'Prune them' }).click();
  await expect(page.getByRole('combobox', { name: 'Made by job' })).toHaveValue(JOB);
  await page.goto(`/${REGION}/lineage?focus=job:AgentRFT/${CHILD}`);
  await page.getByRole('link', { name: 'Prune its lineage' }).click();
  await expect(page.getByRole('combobox', { name: 'Lineage of job' })).toHaveValue(CHILD);
  // Both jobs of it, and what holds them together.
  await expect(page.getByRole('button', { name: /^A job started from it/ })).toBeVisible();
});

test('an empty suggestion, an address with mistakes and a run that never was say so', async ({ page }) => {
  await page.goto(`/${REGION}/prune?job=nobody&best=many`);
  await expect(page.getByText('Part of this address was left out: best must be a whole number')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Nothing may go' })).toBeVisible();
  await expect(page.getByText('No checkpoint fits what is looked at')).toBeVisible();
});
