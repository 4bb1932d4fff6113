import type { Page } from '@playwright/test';
import type { Health } from '../lib/contract/health';
import type { ListLogsResponse } from '../lib/contract/logs';
import { apiPaths, pagePaths } from '../lib/contract/paths';
import { pause, REGION, startTarget, type Target } from './bench-target';
import { firstDraw, openBrowser, WINDOW } from './browser';
import { callsBetween, sum } from './calls';
import { quantile } from './statistics';

const MILLION = { jobCategory: 'AgentRFT', jobName: 'million-lines' } as const;
const CACHED = { jobCategory: 'AgentRFT', jobName: 'kept-lines' } as const;
const LIVE = { jobCategory: 'AgentRFT', jobName: 'watched-by-many' } as const;
const GROUP = '/aws/sagemaker/Job/AgentRFT';
const DRAWS = 5;
const SEARCHES = 10;
const VIEWERS = 100;
const LINE = '[role="log"] [data-index]';
/** Three looks of the server's own. */
const WATCH_MS = 12_000;
const KEEP_LIMIT_MS = 120_000;

export interface LogFigures {
  /** From the start of the navigation to the first frame with the last lines of a million. */
  openMs: number[];
  /** Longest time without a line in view while the list is scrolled by wheel and by its bar. */
  blankMs: number;
  frames: number[];
  /** From letting go of the scroll bar to the lines of that time. */
  jumpMs: number;
  /** Searches of 100,000 kept lines that are in no cache first, then in memory. */
  searchMs: number[];
  callsOfOne: number;
  callsOfMany: number;
}

type Job = { jobCategory: 'AgentRFT'; jobName: string };
const logsOf = ({ jobCategory, jobName }: Job) => apiPaths.jobPart(REGION, jobCategory, jobName, 'logs');

/** Logs in an account of their own: one of a million lines, one that is kept, one that many watch. */
export async function measureLogs(say: (line: string) => void): Promise<LogFigures> {
  const target = await startTarget({ scenario: 'empty', keep: false, keptLogMb: 64 });
  try {
    await seed(target);
    say('opening and scrolling a million lines …');
    const screen = await measureScreen(target);
    say('searching 100,000 kept lines …');
    const searchMs = await measureSearch(target);
    say(`watching one log with 1 and with ${VIEWERS} viewers …`);
    const callsOfOne = await watch(target, 1);
    const callsOfMany = await watch(target, VIEWERS);
    return { ...screen, searchMs, callsOfOne, callsOfMany };
  } finally {
    await target.close();
  }
}

async function seed({ control, get }: Target): Promise<void> {
  const done = { outcome: 'completed', startedAgo: '30h', steps: 400 } as const;
  const stream = (job: Job) => `${job.jobName}/0a1b2c3d4e-algo-9`;
  for (const job of [MILLION, CACHED]) await control.seedJob({ name: job.jobName, ...done });
  await control.seedJob({ name: LIVE.jobName, outcome: 'running', startedAgo: '2h', steps: 400 });
  const of = (job: Job, lines: number) =>
    control.seedLog({ group: GROUP, stream: stream(job), lines, startedAgo: '29h', span: '10h' });
  await of(MILLION, 1_000_000);
  await of(CACHED, 100_000);
  for (let waited = 0; ; waited += 250) {
    const health = JSON.parse((await get(apiPaths.health())).text) as Health;
    if (health.sync.regions.every(({ phase }) => phase === 'live')) break;
    if (waited > 60_000) throw new Error('the account was not read in a minute');
    await pause(250);
  }
}

async function measureScreen(target: Target) {
  const browser = await openBrowser();
  try {
    const openMs: number[] = [];
    const href = new URL(pagePaths.logs(REGION, MILLION), target.dashboard.url).href;
    for (let i = 0; i < DRAWS; i += 1) {
      const page = await browser.newPage({ viewport: WINDOW });
      openMs.push(await firstDraw(page, href, LINE));
      if (i < DRAWS - 1) {
        await page.close();
        continue;
      }
      const scrolled = await scroll(page);
      return { openMs, ...scrolled };
    }
    throw new Error('nothing was drawn');
  } finally {
    await browser.close();
  }
}

// Text and no functions: the loader of TypeScript puts a helper around named functions that the page does not have.
const NOTE_BLANKS = `(() => {
  const log = document.querySelector('[role="log"]');
  const seen = (window.seen = { blankMs: 0, frames: [] });
  let last = performance.now();
  let blankSince;
  (function tick(now) {
    requestAnimationFrame(tick);
    if (!now) return;
    seen.frames.push(now - last);
    last = now;
    const view = log.getBoundingClientRect();
    const filled = [...log.querySelectorAll('[data-index]')].some((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return bottom > view.top + 20 && top < view.bottom - 20;
    });
    if (filled) blankSince = undefined;
    else {
      blankSince ??= now;
      seen.blankMs = Math.max(seen.blankMs, now - blankSince + 16);
    }
  })();
})();`;
/** The longest of three jumps by the scroll bar, in milliseconds. */
const JUMP = `(async () => {
  const log = document.querySelector('[role="log"]');
  const firstTime = () => log.querySelector('[data-index] time')?.getAttribute('datetime') ?? '';
  let longest = 0;
  for (const place of [0.5, 0.2, 0.8]) {
    const before = firstTime();
    log.scrollTop = (log.scrollHeight - log.clientHeight) * place;
    const startedAt = performance.now();
    while (firstTime() === before) {
      if (performance.now() - startedAt > 10000) throw new Error('no other lines after a jump to ' + place);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    longest = Math.max(longest, performance.now() - startedAt);
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  return longest;
})()`;

/** Wheels up through tens of thousands of lines, then drags the scroll bar to the middle and on. */
async function scroll(page: Page) {
  await page.evaluate(NOTE_BLANKS);
  await page.mouse.move(WINDOW.width / 2, WINDOW.height / 2);
  for (const step of [-600, -2_000, -1_200]) {
    for (let i = 0; i < 120; i += 1) {
      await page.mouse.wheel(0, step);
      await pause(16);
    }
  }
  const jumpMs = await page.evaluate<number>(JUMP);
  const { blankMs, frames } = await page.evaluate<{ blankMs: number; frames: number[] }>('window.seen');
  return { blankMs, frames, jumpMs };
}

async function measureSearch(target: Target): Promise<number[]> {
  const path = logsOf(CACHED);
  const startedAt = Date.now();
  for (;;) {
    const page = JSON.parse((await target.get(path)).text) as ListLogsResponse;
    if (page.kept) break;
    if (Date.now() - startedAt > KEEP_LIMIT_MS) throw new Error('the log was not kept in two minutes');
    await pause(500);
  }
  const times: number[] = [];
  for (let i = 0; i < SEARCHES; i += 1) {
    const { ms, text } = await target.get(`${path}?q=${encodeURIComponent(`tokens 17 loss 0.${i}`)}`);
    const { searched } = JSON.parse(text) as ListLogsResponse;
    if (!searched?.complete || (searched.lines ?? 0) < 100_000) throw new Error(`searched ${JSON.stringify(searched)}`);
    times.push(ms);
  }
  return times;
}

/** AWS calls to CloudWatch Logs while so many viewers watch a live log as browsers do. */
async function watch(target: Target, viewers: number): Promise<number> {
  const path = logsOf(LIVE);
  const begin = JSON.parse((await target.get(path)).text) as ListLogsResponse;
  await pause(4_500);
  const before = (await target.control.calls()).byOperation;
  const until = Date.now() + WATCH_MS;
  await Promise.all(
    Array.from({ length: viewers }, async (_, i) => {
      await pause((4_000 / viewers) * i);
      for (let cursor = begin.newerCursor; cursor && Date.now() < until; await pause(4_000)) {
        const { text } = await target.get(`${path}?cursor=${encodeURIComponent(cursor)}`);
        cursor = (JSON.parse(text) as ListLogsResponse).newerCursor ?? cursor;
      }
    }),
  );
  const calls = callsBetween(before, (await target.control.calls()).byOperation);
  return sum(Object.fromEntries(Object.entries(calls).filter(([name]) => name.startsWith('Logs.'))));
}

/** The figures as one line each: median where many were taken, the worst where one bad time spoils it. */
export function summariseLogs({ openMs, blankMs, frames, jumpMs, searchMs, callsOfOne, callsOfMany }: LogFigures) {
  return {
    openMs: quantile(openMs, 0.5),
    blankMs,
    frameP95Ms: quantile(frames, 0.95),
    jumpMs,
    searchMs: Math.max(...searchMs),
    callsRatio: callsOfMany / Math.max(1, callsOfOne),
  };
}
