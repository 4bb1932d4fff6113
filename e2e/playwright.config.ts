import path from 'node:path';
import { defineConfig } from '@playwright/test';

/**
 * Browser tests over the built dashboard. Every worker has a sandbox and a dashboard of its own (fixtures.ts), so files
 * may run beside each other, and a file that moves the clock moves only its own. Two workers: a test is mostly waiting
 * for one browser, one server and one sandbox, and a laptop has four cores.
 */
export default defineConfig({
  testDir: '.',
  outputDir: path.resolve(import.meta.dirname, '../test-results'),
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // Most tests take seconds; the limit is for a machine that is busy with other things.
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: 'line',
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 20_000,
    screenshot: 'only-on-failure',
    // Without a film: drawing frames costs as much as the pages themselves where no graphics card helps.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
