import type { BrowserContext } from '@playwright/test';

/**
 * Collects what a browser complains about in all pages of a context: script errors, console errors, and what the
 * Content-Security-Policy blocked. Gives the list, which grows.
 */
export async function watchConsole(context: BrowserContext): Promise<string[]> {
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complaints.push(`script: ${error.error().stack ?? error.error().message}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violation: ${event.violatedDirective} blocked ${event.blockedURI}`);
    });
  });
  return complaints;
}
