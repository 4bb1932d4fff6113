import { type Browser, chromium, type Page } from '@playwright/test';
import { findChromium } from '../scripts/lib/chromium.mjs';

export const WINDOW = { width: 1440, height: 900 };
const CHROMIUM_ARGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const DRAW_LIMIT_MS = 30_000;

/** A Chromium of its own; the caller closes it. */
export const openBrowser = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGS });

// Text and no functions: the loader of TypeScript puts a helper around named functions that the page does not have.
// What the server sends ahead stands hidden in the page for a while: only what has a place on the screen counts.
export const isSeen = (selector: string, count = 1) =>
  `([...document.querySelectorAll(${JSON.stringify(selector)})].filter((one) => one.getClientRects().length > 0).length >= ${count})`;
const noteDraw = (selector: string, count: number) => `(function look() {
  if ${isSeen(selector, count)} {
    requestAnimationFrame(() => (window.firstDrawMs = performance.now()));
  } else requestAnimationFrame(look);
})();`;
const NOTE_FRAMES = `(() => {
  const times = (window.frameTimes = []);
  let last = performance.now();
  (function tick(now) {
    if (window.frameTimes !== times) return;
    if (now) { times.push(now - last); last = now; }
    requestAnimationFrame(tick);
  })();
})();`;

/** Milliseconds from the start of the navigation to the first frame after `count` elements that fit are in the page. */
export async function firstDraw(page: Page, url: string, selector: string, count = 1): Promise<number> {
  await page.addInitScript({ content: noteDraw(selector, count) });
  await page.goto(url, { waitUntil: 'commit' });
  const ms = await page.waitForFunction(() => (window as { firstDrawMs?: number }).firstDrawMs, undefined, {
    timeout: DRAW_LIMIT_MS,
  });
  return (await ms.jsonValue()) as number;
}

/** The time between frames in the page while something is done in it, in milliseconds. */
export async function framesWhile(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(NOTE_FRAMES);
  await act();
  const frames = await page.evaluate<number[]>('window.frameTimes.splice(0)');
  return frames.slice(1);
}
