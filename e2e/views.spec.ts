import { REGION } from './cairn';
import { expect, test } from './fixtures';
import { JobsPage } from './pages/jobs-page';

test('a view with its filters, sorting and columns is saved for the team, opened by a second person, and removed', async ({
  cairn,
  page,
  browser,
}) => {
  await cairn.waitForFill();
  const jobs = new JobsPage(page);
  await jobs.open('?sort=tokens');
  await jobs.status('Failed').click();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Dataset' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Dataset' })).toHaveCount(0);
  await expect(page).toHaveURL(/columns=name%2Cstatus|columns=name,status/);

  await page.getByRole('button', { name: 'Views' }).click();
  await expect(page.getByText('None yet.')).toBeVisible();
  await page.getByLabel('Save what is shown now as').fill('Failed, dear ones first');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Failed, dear ones first' })).toHaveAttribute('aria-current', 'true');

  const second = await browser.newContext({ baseURL: cairn.url });
  const other = new JobsPage(await second.newPage());
  await other.open();
  await expect(other.page.getByRole('columnheader', { name: 'Dataset' })).toBeVisible();
  await other.page.getByRole('button', { name: 'Views' }).click();
  await other.page.getByRole('link', { name: 'Failed, dear ones first' }).click();
  await expect(other.page).toHaveURL(new RegExp(`/${REGION}/jobs\\?status=failed&sort=tokens&columns=`));
  await expect(other.page.getByRole('columnheader', { name: 'Dataset' })).toHaveCount(0);
  await expect(other.page.getByRole('columnheader', { name: 'Tokens' })).toHaveAttribute('aria-sort', 'descending');
  await expect(other.status('Failed')).toHaveAttribute('aria-pressed', 'true');

  await other.page.getByRole('button', { name: 'Views' }).click();
  await other.page.getByRole('button', { name: 'Remove the view “Failed, dear ones first”' }).click();
  await expect(other.page.getByText('None yet.')).toBeVisible();
  await second.close();
});

test('a column that does not exist is said to be left out, and the rest of the address counts', async ({
  cairn,
  page,
}) => {
  await cairn.waitForFill();
  const jobs = new JobsPage(page);
  await jobs.open('?columns=status,price');
  await expect(page.getByText('is no column of this list')).toBeVisible();
  await expect(page.getByRole('columnheader')).toHaveText(['Name', 'Status']);
  await page.getByRole('button', { name: 'Remove from the address' }).click();
  await expect(page).toHaveURL(/columns=name(%2C|,)status$/);
});
