import type { Browser, Page } from '@playwright/test';
import type { ListJobsResponse } from '../lib/contract/jobs';
import type { GetMetricsResponse } from '../lib/contract/metrics';
import { apiPaths, pagePaths } from '../lib/contract/paths';
import { pause, REGION, type Target } from './bench-target';
import { firstDraw, framesWhile, openBrowser, WINDOW } from './browser';
import { callsBetween, sum } from './calls';

const DRAWS = 5;
const COMPARED = 20;
/** The smoothed line of a job, once it has a path. */
const CURVE = '[data-line][data-look="strong"] > path[d^="M"]';
/** The reward of a job: the server's drawing of it, or the chart's. */
const REWARD_READY = '[data-line^="reward-"][data-look="strong"] > path[d^="M"]';
const REWARD = `[data-first-sight^="reward-"][d^="M"], ${REWARD_READY}`;

type Job = ListJobsResponse['jobs'][number];

/** The finished training jobs of the account. Throws when the catalog does not hold the curves of one. */
export async function listTrained(target: Target): Promise<Job[]> {
  const { text } = await target.get(`${apiPaths.jobs(REGION)}?category=AgentRFT&status=completed&limit=200`);
  const { jobs } = JSON.parse(text) as ListJobsResponse;
  for (const { jobCategory, jobName } of jobs) {
    const answer = await target.get(apiPaths.jobPart(REGION, jobCategory, jobName, 'metrics'));
    const { source } = JSON.parse(answer.text) as GetMetricsResponse;
    if (!source.complete) throw new Error(`the curves of ${jobName} are not in the catalog`);
  }
  return jobs;
}

/** First curves, comparisons, frames while a hand moves over them, and what all that asks of MLflow. */
export async function measureCurves(target: Target, jobs: readonly Job[]) {
  const browser = await openBrowser();
  try {
    const rewardUrl = ({ jobCategory, jobName }: Job) =>
      urlOf(target, pagePaths.job(REGION, jobCategory, jobName, 'metrics'));
    if (jobs.length < COMPARED) throw new Error(`the account has ${jobs.length} jobs to compare`);
    const compareUrl = urlOf(target, pagePaths.compare(REGION, jobs.slice(0, COMPARED)));
    const [warmUp, ...opened] = jobs.slice(0, DRAWS + 1);
    if (!warmUp) throw new Error('the account has no finished job');
    // The first page of a server and of a browser pays for what every later one has; and a metric that nobody looked at
    // before is read from MLflow once, by the panel that comes into sight.
    for (const job of [warmUp, ...opened]) await visit(browser, rewardUrl(job), REWARD_READY, 1, seePanels);
    await visit(browser, compareUrl, CURVE, COMPARED);

    const before = (await target.control.calls()).byOperation;
    const curves: number[] = [];
    for (const job of opened) curves.push((await visit(browser, rewardUrl(job), REWARD, 1)).ms);
    const ready: number[] = [];
    for (const job of opened) ready.push((await visit(browser, rewardUrl(job), REWARD_READY, 1)).ms);
    const compares: number[] = [];
    for (let i = 0; i < DRAWS; i += 1) compares.push((await visit(browser, compareUrl, CURVE, COMPARED)).ms);
    const rewardFrames = (await visit(browser, rewardUrl(opened[0] ?? warmUp), REWARD_READY, 1, handOver)).frames;
    const compareFrames = (await visit(browser, compareUrl, CURVE, COMPARED, handOver)).frames;
    const calls = callsBetween(before, (await target.control.calls()).byOperation);
    const mlflow = Object.fromEntries(Object.entries(calls).filter(([name]) => /mlflow/i.test(name)));
    return { curves, ready, compares, rewardFrames, compareFrames, mlflowCalls: sum(mlflow), byOperation: mlflow };
  } finally {
    await browser.close();
  }
}

const urlOf = (target: Target, path: string) => new URL(path, target.dashboard.url).href;

interface Frames {
  hover: number[];
  zoom: number[];
  pan: number[];
}

async function visit(
  browser: Browser,
  url: string,
  selector: string,
  count: number,
  then?: (page: Page) => Promise<Frames>,
): Promise<{ ms: number; frames: Frames }> {
  const page = await browser.newPage({ viewport: WINDOW });
  try {
    const ms = await firstDraw(page, url, selector, count);
    const frames = then ? await then(page) : { hover: [], zoom: [], pan: [] };
    return { ms, frames };
  } finally {
    await page.close();
  }
}

/** Waits for the panels in sight to have their curves. */
async function seePanels(page: Page): Promise<Frames> {
  await page.waitForLoadState('networkidle');
  return { hover: [], zoom: [], pan: [] };
}

/** Hovers over the chart, looks closer by dragging, and moves along, as a hand does. */
async function handOver(page: Page): Promise<Frames> {
  // What the page still loads after its first curve is not what the hand waits for.
  await page.waitForLoadState('networkidle');
  await pause(1_000);
  const chart = page.getByRole('slider', { name: /Arrow keys move over the steps/ }).first();
  const box = await chart.boundingBox();
  if (!box) throw new Error('the chart is not in sight');
  const y = box.y + box.height / 2;
  const at = (share: number) => box.x + box.width * share;
  const glide = async (from: number, to: number, moves: number) => {
    for (let i = 0; i <= moves; i += 1) await page.mouse.move(at(from + ((to - from) * i) / moves), y);
  };
  await page.mouse.move(at(0.05), y);
  const hover = await framesWhile(page, async () => {
    await glide(0.05, 0.95, 60);
    await glide(0.95, 0.05, 60);
  });
  const zoom = await framesWhile(page, async () => {
    for (const [from, to] of [
      [0.2, 0.8],
      [0.3, 0.7],
    ] as const) {
      await page.mouse.move(at(from), y);
      await page.mouse.down();
      await glide(from, to, 30);
      await page.mouse.up();
      await pause(200);
    }
    await page.keyboard.down('Control');
    for (const way of [-1, 1]) {
      for (let i = 0; i < 8; i += 1) {
        await page.mouse.wheel(0, way * 100);
        await pause(40);
      }
      await pause(200);
    }
    await page.keyboard.up('Control');
  });
  const pan = await framesWhile(page, async () => {
    await page.keyboard.down('Shift');
    for (const [from, to] of [
      [0.8, 0.2],
      [0.2, 0.8],
    ] as const) {
      await page.mouse.move(at(from), y);
      await page.mouse.down();
      await glide(from, to, 60);
      await page.mouse.up();
      await pause(200);
    }
    await page.keyboard.up('Shift');
  });
  return { hover, zoom, pan };
}
