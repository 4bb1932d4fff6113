// `npm run --silent bench`: the figures Cairn promises, measured with a year of one team in the catalog (200 jobs,
// 200,000 checkpoints). JSON on standard output, progress on standard error; exit code 1 when a figure is not met.
//   -- --keep          start with the catalog of the last run instead of filling a new one
//   -- --minutes 2     how long the idle poller is watched
//   -- --scenario year
//   -- --only forest   nothing but the lineage of 2,000 jobs
//   -- --only curves   nothing but the reward curves, with jobs of 1,000 steps
//   -- --only logs     nothing but the logs, with a stream of 1,000,000 lines
import os from 'node:os';
import { parseArgs } from 'node:util';
import type { ListJobsResponse } from '../lib/contract/jobs';
import { apiPaths, pagePaths } from '../lib/contract/paths';
import { ensureBuild } from '../scripts/lib/build.mjs';
import { pause, REGION, startTarget, type Target, waitForFill, waitForMetrics } from './bench-target';
import { type CallWindow, callsBetween, callsBeyondIdle, sagemakerOnly, sum } from './calls';
import { cpuMs } from './cpu';
import { type Draw, measureLineageApi, measureLineageScreen, summarise } from './lineage';
import { measureLayout } from './lineage-layout';
import { measureLogs, summariseLogs } from './logs';
import { watchMemory } from './memory';
import { listTrained, measureCurves } from './metrics';
import { quantile, round } from './statistics';

/** Each with an account of its own. */
const PARTS = ['forest', 'curves', 'logs'];
const LIST_REQUESTS = 200;
const JOBS_OPENED = 100;

interface Figure {
  value: number;
  unit: string;
  /** The most it may be; a figure without one is told, not judged. */
  limit?: number;
  ok?: boolean;
  [detail: string]: unknown;
}

const say = (line: string) => process.stderr.write(`${line}\n`);

function figure(value: number, unit: string, limit?: number, details: Record<string, unknown> = {}): Figure {
  return { value: round(value), unit, ...(limit !== undefined && { limit, ok: value <= limit }), ...details };
}

/** `drawn`: the bars are seen; `ready`: they can be moved and opened. */
function middleDraw(draws: readonly Draw[], of: keyof Draw, limit?: number): Figure {
  const each = draws.map((draw) => draw[of]);
  return figure(quantile(each, 0.5), 'ms', limit, { draws: each.map((ms) => round(ms)) });
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      keep: { type: 'boolean', default: false },
      minutes: { type: 'string', default: '2' },
      scenario: { type: 'string', default: 'year' },
      only: { type: 'string' },
    },
  });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error('--minutes must be a number above 0');
  const { only } = values;
  if (only !== undefined && !PARTS.includes(only)) throw new Error(`--only knows ${PARTS.join(', ')}`);
  const wanted = (part: string) => only === undefined || only === part;
  await ensureBuild({ say });
  const { keep, scenario } = values;
  const account = only ? undefined : await measureAccount({ scenario, keep, minutes });
  const figures: Record<string, Figure> = {
    ...tell(account?.figures),
    ...tell(wanted('forest') ? await measureForestFigures(keep) : undefined),
    ...tell(wanted('curves') ? await measureCurveFigures(keep) : undefined),
    ...tell(wanted('logs') ? await measureLogFigures() : undefined),
  };
  const ok = Object.values(figures).every((one) => one.ok !== false);
  process.stdout.write(
    `${JSON.stringify({ ok, scenario, account: account?.counts, figures, machine: machine() }, undefined, 2)}\n`,
  );
  return ok ? 0 : 1;
}

/** Says figures as they come: a later part may fail, and these took minutes. */
function tell(figures: Record<string, Figure> | undefined): Record<string, Figure> | undefined {
  for (const [name, { value, unit, limit, ok }] of Object.entries(figures ?? {})) {
    say(`  ${ok === false ? '✗' : '✓'} ${name} ${value} ${unit}${limit === undefined ? '' : ` (at most ${limit})`}`);
  }
  return figures;
}

/** Logs of an account of their own. */
async function measureLogFigures(): Promise<Record<string, Figure>> {
  say('starting an account with long logs …');
  const logs = await measureLogs(say);
  const { openMs, blankMs, frameP95Ms, jumpMs, searchMs, callsRatio } = summariseLogs(logs);
  const draws = logs.openMs.map((ms) => round(ms));
  const searches = logs.searchMs.map((ms) => round(ms));
  return {
    logOpenMs: figure(openMs, 'ms', 1_500, { lines: 1_000_000, draws }),
    logBlankMs: figure(blankMs, 'ms', 100, { frames: logs.frames.length, frameP95Ms: round(frameP95Ms) }),
    logJumpMs: figure(jumpMs, 'ms'),
    logSearchMs: figure(searchMs, 'ms', 500, { lines: 100_000, searches }),
    // Both are watched for three looks and a bit; one look more or less is chance.
    logCallsOf100Viewers: figure(callsRatio, 'times those of one', 1.4, {
      ofOne: logs.callsOfOne,
      of100: logs.callsOfMany,
    }),
  };
}

/** Everything that is measured with a year of one team. */
async function measureAccount({ scenario, keep, minutes }: { scenario: string; keep: boolean; minutes: number }) {
  say(`starting the account ${scenario} …`);
  const target = await startTarget({ scenario, keep });
  const memory = watchMemory(target.dashboard.child.pid ?? 0);
  try {
    say('filling the catalog …');
    const fillSeconds = await waitForFill(target, say);
    const metricsSeconds = await waitForMetrics(target, say);
    const fillPeakMb = memory.peakMb();
    say(
      `filled in ${round(fillSeconds)} s, metrics in another ${round(metricsSeconds)} s; asking for the list ${LIST_REQUESTS} times …`,
    );
    const pid = target.dashboard.child.pid ?? 0;
    const cpuBefore = cpuMs(pid);
    const list = await measureList(target);
    const listCpuMs = (cpuMs(pid) - cpuBefore) / list.length;
    const filtered = await measureFilters(target);
    say('drawing the lineage …');
    const lineageApi = await measureLineageApi(target);
    const lineage = await measureLineageScreen(target);
    const lineageFrames = summarise(lineage.frames);
    const layout = measureLayout(1_000);
    say(`watching the idle poller for ${minutes} min …`);
    const idle = await watchIdle(target, minutes);
    say(`opening ${JOBS_OPENED} finished jobs …`);
    const opened = await openFinishedJobs(target, idle, () => cpuMs(pid));
    const figures = {
      listMedianMs: figure(quantile(list, 0.5), 'ms', 50, { requests: list.length, serverCpuMsEach: round(listCpuMs) }),
      listP95Ms: figure(quantile(list, 0.95), 'ms'),
      listFilteredMedianMs: figure(quantile(filtered, 0.5), 'ms', undefined, { requests: filtered.length }),
      jobPageMedianMs: figure(quantile(opened.pageMs, 0.5), 'ms', 150, {
        requests: opened.pageMs.length,
        serverCpuMsEach: round(opened.cpuMsEach),
      }),
      jobPageP95Ms: figure(quantile(opened.pageMs, 0.95), 'ms'),
      serverPeakRssMb: figure(memory.peakMb(), 'MB', 900, { duringFillMb: round(fillPeakMb) }),
      idleCallsPerMinute: figure((sum(idle.byOperation) / idle.seconds) * 60, 'calls/min', 10, {
        minutes,
        byOperation: idle.byOperation,
      }),
      sagemakerCallsForFinishedJobs: figure(opened.calls, 'calls', 0, {
        jobsOpened: opened.pageMs.length,
        byOperationMeanwhile: opened.byOperation,
      }),
      lineageFirstDrawMs: middleDraw(lineage.draws, 'drawn', 1_000),
      lineageReadyMs: middleDraw(lineage.draws, 'ready'),
      lineageNodes: figure(lineage.nodes, 'nodes', 300),
      lineageApiMs: figure(quantile(lineageApi.times, 0.5), 'ms', 300, { firstMs: round(lineageApi.firstMs) }),
      lineageApiKb: figure(lineageApi.gzipBytes / 1_000, 'kB compressed', 200),
      lineageFrameMedianMs: figure(lineageFrames.medianMs, 'ms', 1_000 / 55, { frames: lineage.frames.length }),
      lineageFrameP95Ms: figure(lineageFrames.p95Ms, 'ms', 100),
      lineageLayoutMs: figure(layout.twiceMs, 'ms', 3_000, { jobs: 2_000, of1000: round(layout.onceMs, 2) }),
      lineageLayoutRatio: figure(layout.ratio, 'times for twice the jobs', 2.5),
      fillSeconds: figure(fillSeconds, 's', undefined, {
        newCatalog: !keep,
        metricsSeconds: round(metricsSeconds),
      }),
    } satisfies Record<string, Figure>;
    return { figures, counts: (await target.control.state()).regions[REGION] };
  } finally {
    memory.stop();
    await target.close();
  }
}

/** The lineage of an account of 2,000 jobs in 200 lineages. */
async function measureForestFigures(keep: boolean) {
  say('starting the account two-thousand-jobs …');
  const target = await startTarget({ scenario: 'two-thousand-jobs', keep });
  try {
    await waitForFill(target, say);
    await waitForMetrics(target, say);
    say('drawing its lineage …');
    const { times, gzipBytes, firstMs } = await measureLineageApi(target);
    const { draws, nodes, frames } = await measureLineageScreen(target);
    const { medianMs, p95Ms } = summarise(frames);
    return {
      forestFirstDrawMs: middleDraw(draws, 'drawn', 3_000),
      forestReadyMs: middleDraw(draws, 'ready', 3_000),
      forestNodes: figure(nodes, 'nodes', 300),
      forestApiMs: figure(quantile(times, 0.5), 'ms', undefined, { firstMs: round(firstMs) }),
      forestApiKb: figure(gzipBytes / 1_000, 'kB compressed'),
      forestFrameP95Ms: figure(p95Ms, 'ms', undefined, { medianMs: round(medianMs), frames: frames.length }),
    } satisfies Record<string, Figure>;
  } finally {
    await target.close();
  }
}

/** What is measured with jobs of a thousand steps. */
async function measureCurveFigures(keep: boolean) {
  say('starting the account thousand-steps …');
  const target = await startTarget({ scenario: 'thousand-steps', keep });
  try {
    await waitForFill(target, say);
    const seconds = await waitForMetrics(target, say);
    const jobs = await listTrained(target);
    say(`curves were there after ${round(seconds)} s; drawing them …`);
    const { curves, ready, compares, rewardFrames, compareFrames, mlflowCalls, byOperation } = await measureCurves(
      target,
      jobs,
    );
    const draws = (times: readonly number[]) => ({ draws: times.map((ms) => round(ms)) });
    const p95 = (frames: readonly number[]) =>
      figure(quantile(frames, 0.95), 'ms', 50, { medianMs: round(quantile(frames, 0.5)), frames: frames.length });
    return {
      firstCurveMs: figure(quantile(curves, 0.5), 'ms', 1_000, { steps: 1_000, ...draws(curves) }),
      curveReadyMs: figure(quantile(ready, 0.5), 'ms', undefined, draws(ready)),
      compareDrawMs: figure(quantile(compares, 0.5), 'ms', 2_000, { jobs: 20, steps: 1_000, ...draws(compares) }),
      curveHoverFrameP95Ms: p95(rewardFrames.hover),
      curveZoomFrameP95Ms: p95(rewardFrames.zoom),
      curvePanFrameP95Ms: p95(rewardFrames.pan),
      compareHoverFrameP95Ms: p95(compareFrames.hover),
      compareZoomFrameP95Ms: p95(compareFrames.zoom),
      comparePanFrameP95Ms: p95(compareFrames.pan),
      mlflowCallsForFinishedJobs: figure(mlflowCalls, 'calls', 0, { byOperation }),
      curvesFillSeconds: figure(seconds, 's', undefined, { jobs: jobs.length, newCatalog: !keep }),
    } satisfies Record<string, Figure>;
  } finally {
    await target.close();
  }
}

async function measureList(target: Target): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < LIST_REQUESTS; i += 1) times.push((await target.get(apiPaths.jobs(REGION))).ms);
  return times;
}

async function measureFilters(target: Target): Promise<number[]> {
  const queries = [
    'status=failed',
    'q=resume',
    'sort=duration&order=asc',
    'sort=tokens',
    'category=AgentRFT&limit=200',
  ];
  const times: number[] = [];
  for (let i = 0; i < LIST_REQUESTS; i += 1) {
    times.push((await target.get(`${apiPaths.jobs(REGION)}?${queries[i % queries.length]}`)).ms);
  }
  return times;
}

async function watchIdle(target: Target, minutes: number): Promise<CallWindow> {
  const before = (await target.control.calls()).byOperation;
  const startedAt = Date.now();
  await pause(minutes * 60_000);
  const seconds = (Date.now() - startedAt) / 1000;
  return { byOperation: callsBetween(before, (await target.control.calls()).byOperation), seconds };
}

/** Opens finished jobs as a browser does: the page, then what it asks of the API. */
async function openFinishedJobs(target: Target, idle: CallWindow, cpuNow: () => number) {
  const finished = await listFinished(target);
  const before = (await target.control.calls()).byOperation;
  const startedAt = Date.now();
  const pageMs: number[] = [];
  const cpuBefore = cpuNow();
  for (const { jobCategory, jobName } of finished) {
    pageMs.push((await target.get(pagePaths.job(REGION, jobCategory, jobName))).ms);
  }
  const cpuMsEach = (cpuNow() - cpuBefore) / finished.length;
  for (const { jobCategory, jobName } of finished) {
    await target.get(apiPaths.job(REGION, jobCategory, jobName));
    await target.get(apiPaths.jobPart(REGION, jobCategory, jobName, 'checkpoints'));
  }
  const seconds = (Date.now() - startedAt) / 1000;
  const byOperation = sagemakerOnly(callsBetween(before, (await target.control.calls()).byOperation));
  return { pageMs, cpuMsEach, byOperation, calls: callsBeyondIdle({ byOperation, seconds }, idle) };
}

async function listFinished(target: Target) {
  const { text } = await target.get(`${apiPaths.jobs(REGION)}?status=completed,failed,stopped&limit=${JOBS_OPENED}`);
  const { jobs } = JSON.parse(text) as ListJobsResponse;
  if (jobs.length === 0) throw new Error('the account has no finished job');
  return jobs;
}

function machine() {
  const cpus = os.cpus();
  return {
    cpu: cpus[0]?.model ?? 'unknown',
    cores: cpus.length,
    // Above the number of cores others were working too, and times say less than the server's own CPU time.
    loadAverage: os.loadavg().map((load) => round(load)),
    memoryGb: round(os.totalmem() / 1e9),
    platform: `${os.platform()} ${os.release()} ${os.arch()}`,
    node: process.version,
  };
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(1);
  },
);
