import { type Cairn, REGION } from './cairn';
import { expect, test } from './fixtures';

const JOB = 'to-iterate';

test.use({
  world: 'iterate',
  scenario: 'empty',
  before: {
    jobs: [
      {
        name: JOB,
        outcome: 'completed',
        startedAgo: '20h',
        steps: 20,
        groups: { output: `${JOB}-mpg`, intermediate: `${JOB}-checkpoint-mpg` },
      },
    ],
  },
});

test.beforeEach(({ cairn }) => cairn.waitForFill());

/** The model checkpoint of a step, as an address names it. */
async function modelOf(cairn: Cairn, wanted: number): Promise<string> {
  const { packages } = await cairn.control.truth(REGION);
  const found = packages.find(([, , kind, job, , step]) => kind === 'model' && job === JOB && step === wanted);
  if (!found) throw new Error(`${JOB} has no model checkpoint of step ${wanted}`);
  return `${found[0]}/${found[1]}`;
}

test('iterates with another learning rate and data set, by an address that can be shared', async ({ cairn, page }) => {
  await page.goto(`/${REGION}/new?iterate=${await modelOf(cairn, 12)}`);
  await expect(page.getByRole('heading', { name: 'Iterate from step 12' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Learning rate' }).fill('3e-5');
  await page.getByRole('textbox', { name: 'Data: train' }).fill('s3://example-data/harder/train.parquet');
  const changes = page.getByRole('region', { name: 'What changes' });
  await expect(changes).toContainText('0.00003');
  await expect(changes).toContainText('s3://example-data/harder/train.parquet');
  await expect(page).toHaveURL(/changes=/);

  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Learning rate' })).toHaveValue('3e-5');
  const start = page.getByRole('button', { name: 'Start the iteration' });
  await expect(start).toBeEnabled();
  await start.click();
  await expect(page).toHaveURL(new RegExp(`/jobs/AgentRFT/${JOB}-i2-s12$`));

  const { jobs } = await cairn.control.truth(REGION);
  const made = jobs.find(({ name }) => name === `${JOB}-i2-s12`);
  expect(made?.parent).toMatchObject({ kind: 'iterate', job: JOB, step: 12 });
});

test('says what is wrong with a value beside its field, and keeps the button shut', async ({ cairn, page }) => {
  await page.goto(`/${REGION}/new?iterate=${await modelOf(cairn, 11)}`);
  await page.getByRole('textbox', { name: 'Output group', exact: true }).fill(`${JOB}-checkpoint-mpg`);
  await expect(page.getByText('holds resumable checkpoints').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start the iteration' })).toBeDisabled();
});

test('a value that is not valid shuts the button, is named, and never leaves the one before in its place', async ({
  cairn,
  page,
}) => {
  const changes = encodeURIComponent('{"hyperparameters":{"learning_rate":0.00002}}');
  await page.goto(`/${REGION}/new?iterate=${await modelOf(cairn, 10)}&changes=${changes}`);
  const start = page.getByRole('button', { name: 'Start the iteration' });
  const rate = page.getByRole('textbox', { name: 'Learning rate' });
  const card = page.getByRole('region', { name: 'The new job' });
  await expect(start).toBeEnabled();
  for (const [typed, problem] of [
    ['abc', 'Not a number. More than 0, up to 0.01.'],
    ['5', 'More than 0, up to 0.01.'],
  ] as const) {
    await rate.fill(typed);
    await expect(start).toBeDisabled();
    await expect(card.getByRole('status')).toHaveText('1 field to mend: Learning rate');
    await expect(page.getByRole('region', { name: 'Checks' })).toContainText(`Learning rate is ${typed}. ${problem}`);
    // Not even when the field is left, or the address opened again.
    await rate.blur();
    await page.reload();
    await expect(rate).toHaveValue(typed);
    await expect(rate).toHaveAttribute('aria-invalid', 'true');
    await expect(start).toBeDisabled();
  }
  await card.getByRole('button', { name: 'Learning rate' }).click();
  await expect(rate).toBeFocused();
  const output = page.getByRole('textbox', { name: 'Output', exact: true });
  await output.fill('');
  await expect(card.getByRole('status')).toHaveText('2 fields to mend: Output, Learning rate');
  await page.getByRole('button', { name: 'Use the parent’s' }).click();
  await rate.fill('3e-5');
  await expect(card.getByRole('status')).toHaveText('Ready.');
  await expect(start).toBeEnabled();
});

test('evaluates a model checkpoint', async ({ cairn, page }) => {
  await page.goto(`/${REGION}/new?evaluate=${await modelOf(cairn, 12)}`);
  await page.getByRole('textbox', { name: 'Temperature' }).fill('0.7');
  await expect(page.getByRole('region', { name: 'What changes' })).toContainText('temperature');
  const start = page.getByRole('button', { name: 'Start the evaluation' });
  await expect(start).toBeEnabled();
  await start.click();
  await expect(page).toHaveURL(new RegExp(`/jobs/AgentRFTEvaluation/${JOB}-eval-s12$`));
  const { jobs } = await cairn.control.truth(REGION);
  expect(jobs.find(({ name }) => name === `${JOB}-eval-s12`)?.parent).toMatchObject({ kind: 'evaluate', step: 12 });
});

test('a checkpoint is approved after a question, pinned, and written about', async ({ cairn, page }) => {
  await page.goto(`/${REGION}/checkpoints/${await modelOf(cairn, 13)}`);
  await expect(page.getByRole('heading', { name: 'Model checkpoint of step 13' })).toBeVisible();
  await page.getByRole('button', { name: 'Approve' }).click();
  const dialog = page.getByRole('dialog', { name: 'Approve this checkpoint?' });
  await dialog.getByRole('textbox', { name: 'Why' }).fill('best of the week');
  await dialog.getByRole('button', { name: 'Approve' }).click();
  const approval = page.getByRole('region', { name: 'Approval' });
  await expect(approval.getByRole('list')).toContainText('best of the week');
  await expect(approval.getByRole('button', { name: 'Approve' })).toBeDisabled();

  await page.getByRole('button', { name: 'Pin' }).click();
  await page.getByRole('textbox', { name: 'New note' }).fill('<b>keep</b> for the demo');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.getByText('<b>keep</b> for the demo')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Pinned' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('<b>keep</b> for the demo')).toBeVisible();
});

test('the job page leads to the best and to the last model checkpoint, and to the baseline', async ({ page }) => {
  await page.goto(`/${REGION}/jobs/AgentRFT/${JOB}`);
  await page.getByRole('button', { name: 'Evaluate' }).click();
  const menu = page.getByRole('menu');
  await expect(menu.getByRole('menuitem', { name: /The base model/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Iterate' }).click();
  await expect(menu.getByRole('menuitem', { name: /^From step \d+\s*The (best|last)/ }).first()).toBeVisible();
  await menu
    .getByRole('menuitem', { name: /^From step/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: /^Iterate from step \d+/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Python, SageMaker SDK' }).click();
  await expect(page.getByRole('region', { name: 'Python code for the SageMaker SDK' })).toContainText('Job.create(');
});

test('a pin and a note of the lineage are there at once, and every job that hangs on a step', async ({
  cairn,
  page,
}) => {
  const [group, version] = (await modelOf(cairn, 9)).split('/');
  await page.goto(`/${REGION}/lineage?focus=package:${group}/${version}`);
  const panel = page.getByRole('complementary', { name: 'About Step 9' });
  await expect(panel.getByText('Measured at step 9')).toBeVisible();
  await expect(panel.getByText('Mean reward', { exact: true })).toBeVisible();
  await expect(panel.getByText(/^rank \d+/)).toBeVisible();
  const card = panel.getByRole('region', { name: 'Model checkpoint' });
  await card.getByRole('button', { name: 'Pin' }).click();
  await expect(card.getByRole('button', { name: 'Pinned' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator(`[data-graph-id="AgentRFT/${JOB}@9"]`)).toHaveAccessibleName(/pinned/);
  await card.getByRole('button', { name: 'Add a note' }).click();
  await card.getByRole('textbox', { name: 'New note' }).fill('worth another look');
  await card.getByRole('button', { name: 'Add note' }).click();
  await expect(card.getByText('worth another look')).toBeVisible();
  // Without the focus the step is a node by its pin alone.
  await page.goto(`/${REGION}/lineage`);
  await expect(page.locator(`[data-graph-id="AgentRFT/${JOB}@9"]`)).toHaveAccessibleName(/pinned/);
});
