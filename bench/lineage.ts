import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { apiPaths, pagePaths } from '../lib/contract/paths';
import { pause, REGION, type Target } from './bench-target';
import { isSeen, openBrowser, WINDOW } from './browser';
import { quantile } from './statistics';

const REQUESTS = 20;
const DRAWS = 5;

/** Milliseconds from the start of the navigation. */
export interface Draw {
  drawn: number;
  ready: number;
}

/** The API's answer: the first one after the catalog changed, the others, and what goes over the wire. */
export async function measureLineageApi(target: Target) {
  const first = await target.get(apiPaths.lineage(REGION));
  const times: number[] = [];
  for (let i = 0; i < REQUESTS; i += 1) times.push((await target.get(apiPaths.lineage(REGION))).ms);
  return { firstMs: first.ms, times, gzipBytes: gzipSync(first.text).length };
}

/** First draws, nodes in the page, and frames while it is moved, in Chromium. */
export async function measureLineageScreen(target: Target) {
  const browser = await openBrowser();
  try {
    const draws: Draw[] = [];
    let frames: number[] = [];
    let nodes = 0;
    for (let i = 0; i < DRAWS; i += 1) {
      const page = await browser.newPage({ viewport: WINDOW });
      draws.push(await firstDraw(page, new URL(pagePaths.lineage(REGION), target.dashboard.url).href));
      if (i === DRAWS - 1) {
        await pause(1000);
        ({ frames, nodes } = await moveAround(page));
      }
      await page.close();
    }
    return { draws, frames, nodes };
  } finally {
    await browser.close();
  }
}

// Text and no functions: the loader of TypeScript puts a helper around named functions that the page does not have.
const noteDraw = (name: string, selector: string) => `(function note() {
  if ${isSeen(selector)} requestAnimationFrame(() => (window.${name} = performance.now()));
  else requestAnimationFrame(note);
})();`;
const NOTE_DRAWS =
  noteDraw('drawn', '[data-graph-picture] path, .react-flow__node') + noteDraw('ready', '.react-flow__node');
const NOTE_FRAMES = `(() => {
  const times = (window.frameTimes = []);
  let last = performance.now();
  (function tick(now) {
    if (now) { times.push(now - last); last = now; }
    requestAnimationFrame(tick);
  })();
})();`;

/**
 * Milliseconds from the start of the navigation to the first frame after the bars are in the page (as the server's picture, or
 * as nodes), and to the first frame in which they can be moved and opened.
 */
async function firstDraw(page: Page, url: string): Promise<Draw> {
  await page.addInitScript({ content: NOTE_DRAWS });
  await page.goto(url, { waitUntil: 'commit' });
  const times = await page.waitForFunction(
    () => {
      const { drawn, ready } = window as { drawn?: number; ready?: number };
      return ready === undefined ? undefined : { drawn: drawn ?? ready, ready };
    },
    undefined,
    { timeout: 30_000 },
  );
  return (await times.jsonValue()) as Draw;
}

/** Pans and zooms by hand; gives the time between frames and the most nodes that were in the page. */
async function moveAround(page: Page): Promise<{ frames: number[]; nodes: number }> {
  await page.evaluate(NOTE_FRAMES);
  const middle = { x: WINDOW.width / 2, y: WINDOW.height / 2 };
  let nodes = 0;
  const count = async () => {
    nodes = Math.max(nodes, await page.locator('.react-flow__node').count());
  };
  await count();
  await page.mouse.move(middle.x, middle.y);
  for (let i = 0; i < 12; i += 1) {
    await page.mouse.wheel(0, -120);
    await pause(60);
  }
  await count();
  for (const way of [-1, 1]) {
    await page.mouse.move(middle.x, middle.y + 200);
    await page.mouse.down();
    for (let i = 1; i <= 40; i += 1) await page.mouse.move(middle.x + way * i * 12, middle.y + 200 - way * i * 4);
    await page.mouse.up();
    await count();
  }
  for (let i = 0; i < 12; i += 1) {
    await page.mouse.move(middle.x, middle.y);
    await page.mouse.wheel(0, 120);
    await pause(60);
  }
  await count();
  const frames = await page.evaluate(() => (window as unknown as { frameTimes: number[] }).frameTimes);
  return { frames: frames.slice(1), nodes };
}

/** The figures of the lineage, to stand among the others. */
export const summarise = (frames: readonly number[]) => ({
  medianMs: quantile(frames, 0.5),
  p95Ms: quantile(frames, 0.95),
});
