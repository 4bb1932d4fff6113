import type { Page } from '@playwright/test';
import { REGION } from './cairn';
import { expect, test } from './fixtures';
import { lookClosely } from './look-closely';

const FAILED = 'support-desk-gpt-oss-20b-1120';
const RUNNING = 'code-repair-qwen3-6-27b-1120-rank64';

/** `[what, address, what to wait for]` */
const SCREENS: Array<[what: string, path: string, ready: (page: Page) => ReturnType<Page['locator']>]> = [
  ['jobs', `/${REGION}/jobs`, (page) => page.getByRole('link', { name: RUNNING })],
  ['jobs, filtered', `/${REGION}/jobs?status=failed&sort=duration`, (page) => page.getByRole('link', { name: FAILED })],
  ['jobs, none found', `/${REGION}/jobs?q=nothing-is-called-this`, (page) => page.getByText('No job matches')],
  ['a failed job', `/${REGION}/jobs/AgentRFT/${FAILED}`, (page) => page.getByRole('region', { name: 'Why it failed' })],
  ['a running job', `/${REGION}/jobs/AgentRFT/${RUNNING}`, (page) => page.getByRole('region', { name: 'Lineage' })],
  [
    'an evaluation',
    `/${REGION}/jobs/AgentRFTEvaluation/wordle-base-eval-1024`,
    (page) => page.getByRole('region', { name: 'Lineage' }),
  ],
  [
    'jobs, two selected',
    `/${REGION}/jobs?select=${FAILED},${RUNNING}`,
    (page) => page.getByRole('link', { name: 'Compare', exact: true }),
  ],
  [
    'reward of a lineage',
    `/${REGION}/jobs/AgentRFT/${FAILED}/metrics?pick=${FAILED}/40`,
    (page) => page.getByRole('link', { name: 'Resume from step 40' }),
  ],
  [
    'reward of an evaluation',
    `/${REGION}/jobs/AgentRFTEvaluation/wordle-base-eval-1024/metrics`,
    (page) => page.getByRole('columnheader', { name: 'pass@k' }),
  ],
  [
    'compare',
    `/${REGION}/compare?jobs=${FAILED},${RUNNING}`,
    (page) => page.getByRole('slider', { name: /^Mean reward of/ }),
  ],
  [
    'rollouts',
    `/${REGION}/jobs/AgentRFT/${FAILED}/rollouts?step=40`,
    (page) => page.getByRole('region', { name: 'List of rollouts' }).getByRole('row'),
  ],
  ['compare, nothing chosen', `/${REGION}/compare`, (page) => page.getByText('Choose jobs to compare')],
  ['checkpoints', `/${REGION}/jobs/AgentRFT/${FAILED}/checkpoints`, (page) => page.getByText('467').first()],
  ['log', `/${REGION}/jobs/AgentRFT/${FAILED}/logs`, (page) => page.getByRole('region', { name: 'Job log' })],
  ['log, nothing found', `/${REGION}/jobs/AgentRFT/${FAILED}/logs?q=zebra`, (page) => page.getByText('zebra').last()],
  ['config', `/${REGION}/jobs/AgentRFT/${FAILED}/config`, (page) => page.getByRole('heading', { level: 2 }).first()],
  ['events', `/${REGION}/jobs/AgentRFT/${FAILED}/events`, (page) => page.getByText('Created the job').first()],
  [
    'plan of a resume',
    `/${REGION}/new?resume=support-desk-mtrl-checkpoint-mpg/467`,
    (page) => page.getByRole('button', { name: 'Resume from step 47' }),
  ],
  ['lineage', `/${REGION}/lineage?view=graph`, (page) => page.locator('[data-graph-id]')],
  [
    'lineage, a job chosen',
    `/${REGION}/lineage?focus=job:AgentRFT/${FAILED}&view=graph`,
    (page) => page.getByRole('complementary', { name: `About ${FAILED}` }),
  ],
  [
    'lineage, a checkpoint chosen and a range opened',
    `/${REGION}/lineage?focus=package:support-desk-mtrl-checkpoint-mpg/467&view=graph&range=AgentRFT/${FAILED}@41-44`,
    (page) => page.getByText('Measured at step 47'),
  ],
  ['lineage as a list', `/${REGION}/lineage?view=list`, (page) => page.getByRole('treeitem')],
  [
    'prune',
    `/${REGION}/prune?best=0`,
    (page) => page.getByRole('table', { name: 'Checkpoints' }).getByRole('checkbox'),
  ],
  [
    'prune, what stays',
    `/${REGION}/prune?show=kept&why=input`,
    (page) => page.getByRole('table', { name: 'Checkpoints' }).getByRole('checkbox'),
  ],
  ['prune, nothing found', `/${REGION}/prune?job=nobody`, (page) => page.getByText('Nothing may go').first()],
  ['new job without a checkpoint', `/${REGION}/new`, (page) => page.getByText('Choose a checkpoint first')],
  ['a job that is not there', `/${REGION}/jobs/AgentRFT/no-such-job`, (page) => page.getByText('no-such-job').first()],
  ['a page that is not there', `/${REGION}/nothing/here`, (page) => page.getByRole('heading', { level: 1 })],
  ['an address that cannot be', '/narnia/jobs', (page) => page.getByRole('heading', { level: 1 })],
];

test.use({ expectedComplaints: [/Failed to load resource.*40[04]/] });

test.beforeEach(({ cairn }) => cairn.waitForFill());

for (const [what, path, ready] of SCREENS) {
  test(`${what}: no axe violation in any look`, async ({ page }) => {
    await page.goto(path);
    await expect(ready(page).first()).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    await lookClosely(page, what);
  });
}

test('new jobs from a model checkpoint, and its page: no axe violation in any look', async ({ cairn, page }) => {
  const { packages } = await cairn.control.truth(REGION);
  const model = packages.find(([, , kind, job, , step]) => kind === 'model' && job === FAILED && step === 40);
  if (!model) throw new Error(`${FAILED} has no model checkpoint of step 40`);
  for (const [what, path] of [
    ['iterate', `/${REGION}/new?iterate=${model[0]}/${model[1]}`],
    ['evaluate', `/${REGION}/new?evaluate=${model[0]}/${model[1]}`],
    ['a checkpoint', `/${REGION}/checkpoints/${model[0]}/${model[1]}`],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1, name: /step 40/ })).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    await lookClosely(page, what);
  }
});

test('dialogs over a job: no axe violation in any look', async ({ page }) => {
  await page.goto(`/${REGION}/jobs/AgentRFT/${RUNNING}`);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('dialog', { name: 'Stop this job?' })).toBeVisible();
  await lookClosely(page, 'stop');
  for (const [what, keys] of [
    ['keys', '?'],
    ['palette', 'Control+k'],
  ] as const) {
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.keyboard.press(keys);
    await expect(page.getByRole('dialog')).toBeVisible();
    await lookClosely(page, what);
  }
});

test('a clean-up, from the question to its record: no axe violation in any look', async ({ page }) => {
  await page.goto(`/${REGION}/prune?best=0&job=${FAILED}`);
  await page.getByRole('button', { name: /^Delete \d+ checkpoints$/ }).click();
  const question = page.getByRole('dialog', { name: /^Delete \d+ checkpoints\?$/ });
  await expect(question).toBeVisible();
  await question.getByText('The same by hand').click();
  await lookClosely(page, 'the question before a clean-up');
  await page.goto(`/${REGION}/prune/1`);
  await expect(page.getByText('The clean-up could not be loaded')).toBeVisible();
  await lookClosely(page, 'a clean-up that never was');
});

test('menus: no axe violation in any look', async ({ page }) => {
  await page.goto(`/${REGION}/jobs`);
  await expect(page.getByRole('link', { name: RUNNING })).toBeVisible();
  for (const [name, role] of [
    ['Theme', 'menu'],
    ['Kind', 'menu'],
    ['Dataset', 'listbox'],
    ['Started', 'dialog'],
  ] as const) {
    await page.locator('header, [aria-label="Filters"]').getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole(role)).toBeVisible();
    if (role === 'listbox') await page.keyboard.press('ArrowDown');
    await lookClosely(page, `${name} menu`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole(role)).toBeHidden();
  }
});
