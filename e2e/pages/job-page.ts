import type { Locator, Page } from '@playwright/test';
import { REGION } from '../cairn';

/** One job's page, as a person sees it. */
export class JobPage {
  constructor(readonly page: Page) {}

  async open(name: string, tab = '', category = 'AgentRFT'): Promise<void> {
    await this.page.goto(`/${REGION}/jobs/${category}/${name}${tab && `/${tab}`}`);
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  get header(): Locator {
    return this.page.getByRole('main').getByRole('banner').or(this.page.locator('main header')).first();
  }

  tab(name: 'Overview' | 'Reward' | 'Checkpoints' | 'Rollouts' | 'Logs' | 'Config'): Locator {
    return this.page.getByRole('navigation', { name: 'Parts of the job' }).getByRole('link', { name });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }
}
