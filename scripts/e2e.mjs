// `npm run e2e -- [playwright arguments]`: the browser tests alone, for somebody who writes them.
import './lib/node-version.mjs';
import { spawn } from 'node:child_process';
import { ensureBuild } from './lib/build.mjs';
import { findChromium } from './lib/chromium.mjs';
import { binFile, main, ROOT } from './lib/root.mjs';

main(async () => {
  const executable = await findChromium();
  await ensureBuild();
  const args = [binFile('@playwright/test', 'playwright'), 'test', '-c', 'e2e/playwright.config.ts'];
  const child = spawn(process.execPath, [...args, ...process.argv.slice(2)], {
    cwd: ROOT,
    env: { ...process.env, CHROMIUM_PATH: executable },
    stdio: 'inherit',
  });
  // Playwright ends its own workers on Ctrl-C; this process waits for it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
});
