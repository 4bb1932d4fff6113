import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const WIDTHS = [
  [1440, 900],
  [390, 844],
] as const;
const SCHEMES = ['light', 'dark'] as const;

/**
 * Fails on anything axe finds in the page as it is now, in light and dark, wide and as on a phone, and on a page that
 * can be moved sideways. One page is looked at in all four ways: opening it anew for each would cost far more than looking.
 */
export async function lookClosely(page: Page, what: string): Promise<void> {
  for (const [width, height] of WIDTHS) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await lookOnce(page, `${what}, ${colorScheme}, ${width} px wide`);
    }
  }
}

/** The same, for the one look the page has now. */
async function lookOnce(page: Page, what: string): Promise<void> {
  // Legacy mode needs no second page to gather results from frames, of which there are none.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  const told = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
  );
  expect.soft(told, what).toEqual([]);
  const sideways = await page.evaluate(() => {
    const root = document.documentElement;
    return root.scrollWidth - root.clientWidth;
  });
  expect.soft(sideways, `${what}: sideways scroll in px`).toBeLessThanOrEqual(0);
}
