import type { Locator, Page } from '@playwright/test';
import { REGION } from '../cairn';

/** The jobs list, as a person sees it. */
export class JobsPage {
  constructor(readonly page: Page) {}

  async open(query = ''): Promise<void> {
    await this.page.goto(`/${REGION}/jobs${query}`);
  }

  /** The link that opens a job; it stands in the job's row or card. */
  job(name: string): Locator {
    return this.page.getByRole('main').getByRole('link', { name, exact: true });
  }

  /** The row or card of a job. */
  row(name: string): Locator {
    return this.page.getByRole('row').filter({ has: this.page.getByRole('link', { name, exact: true }) });
  }

  status(word: string): Locator {
    return this.page.getByRole('group', { name: 'Status' }).getByRole('button', { name: word });
  }
}
