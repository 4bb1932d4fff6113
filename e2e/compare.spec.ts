import { REGION } from './cairn';
import { expect, test } from './fixtures';
import { JobsPage } from './pages/jobs-page';

const ONE = 'compare-one';
const TWO = 'compare-two';

test.use({
  world: 'compare',
  scenario: 'failed-at-night',
  before: {
    jobs: [
      { name: ONE, outcome: 'completed', startedAgo: '80h', steps: 20, hyperparameters: { learning_rate: 0.00002 } },
      { name: TWO, outcome: 'completed', startedAgo: '40h', steps: 20, hyperparameters: { learning_rate: 0.00006 } },
    ],
  },
});

test('jobs are selected in the list and seen side by side, with what differs', async ({ cairn, page, newVisitor }) => {
  await cairn.waitForFill();
  const list = new JobsPage(page);
  await list.open();
  await page.getByRole('checkbox', { name: `Select ${ONE} to compare` }).check();
  await expect(page.getByText('Select another to compare')).toBeVisible();
  await page.getByRole('checkbox', { name: `Select ${TWO} to compare` }).check();
  await expect(page).toHaveURL(/select=compare-one,compare-two/);
  await page.getByRole('link', { name: 'Compare', exact: true }).click();

  await expect(page).toHaveURL(new RegExp(`/${REGION}/compare\\?jobs=${ONE},${TWO}`));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Compare 2\sjobs/);
  await expect(page.locator('[data-line][data-look="strong"]')).toHaveCount(2);
  const diff = page.getByRole('region', { name: `Config of the jobs of ${REGION}` });
  const rate = diff.getByRole('row').filter({ hasText: 'learning_rate' });
  await expect(rate).toContainText(/2e-0?5|0\.00002/);
  await expect(rate).toContainText(/6e-0?5|0\.00006/);
  await expect(diff.getByText('global_batch_size')).toHaveCount(0);

  await page.getByText('Cumulative', { exact: true }).click();
  await page.getByRole('switch', { name: 'Equal values too' }).click();
  await expect(page).toHaveURL(/axis=cumulative/);
  await expect(page).toHaveURL(/all=true/);
  const other = await newVisitor();
  await other.goto(page.url());
  await expect(other.locator('[data-line][data-look="strong"]')).toHaveCount(2);
  await expect(other.getByRole('switch', { name: 'Equal values too' })).toBeChecked();

  await page.getByRole('button', { name: `Take ${TWO} out` }).click();
  await expect(page).toHaveURL(new RegExp(`jobs=${ONE}(&|$)`));
  await page.getByLabel('Add a job to compare').first().fill(TWO);
  await page.getByRole('option', { name: TWO }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Compare 2\sjobs/);
});

test('a name that no job has is said, and the others are shown', async ({ cairn, page }) => {
  await cairn.waitForFill();
  await page.goto(`/${REGION}/compare?jobs=${ONE},nobody-home`);
  await expect(page.getByText('Not in the catalog, and left out: nobody-home.')).toBeVisible();
  await expect(page.locator('[data-line][data-look="strong"]')).toHaveCount(1);
  await page.goto(`/${REGION}/compare`);
  await expect(page.getByText('Choose jobs to compare')).toBeVisible();
});
