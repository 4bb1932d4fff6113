import { agentLogBegins, agentLogLines } from '../../world/agent-log';
import { lifeOf } from '../../world/life';
import { type LogLine, lastLogTime, logBegins, logLines } from '../../world/log-lines';
import { rolloutCallLines, rolloutCallsBegin, rolloutCallsEnd } from '../../world/rollout-calls';
import { type SeededLog, seededLines } from '../../world/seeded-log';
import type { Job } from '../../world/types';
import type { RegionWorld } from '../../world/world';

/** Something that writes: the job itself, its agent while it serves the job, or the trail that records the agent's calls. Its end moves when the job is stopped. */
export interface LogSource {
  /** Orders sources that write at the same time. */
  rank: number;
  begins(): number;
  /** Last moment it may write at. */
  ends(): number;
  /** Lines with `fromMs` <= timestamp < `toMs`, in order, of all its streams. */
  lines(fromMs: number, toMs: number): LogLine[];
  /** How much of it is made at a time, where the usual stretch would hold too many lines. */
  windowMs?: number;
  /** When its last line by `t` was written. */
  lastLine(t: number): number | undefined;
}

const sources = { job: new WeakMap<Job, LogSource>(), agent: new WeakMap<Job, LogSource>() };

export const jobSource = (job: Job): LogSource =>
  remember(sources.job, job, () => ({
    rank: job.index,
    begins: () => logBegins(job),
    ends: () => lifeOf(job).endTime,
    lines: (fromMs, toMs) => logLines(job, fromMs, toMs),
    lastLine: (t) => lastLogTime(job, t),
  }));

export const agentSource = (job: Job): LogSource =>
  remember(sources.agent, job, () => ({
    rank: job.index,
    begins: () => agentLogBegins(job) ?? Number.POSITIVE_INFINITY,
    ends: () => lifeOf(job).endTime,
    lines: (fromMs, toMs) => agentLogLines(job, fromMs, toMs),
    lastLine: (t) => agentLogLines(job, t - 600_000, t + 1).at(-1)?.timestamp,
  }));

/** A trail writes the calls for all jobs of the region into one stream. */
export function trailSource(region: RegionWorld, stream: string): LogSource {
  const jobs = () => region.jobsByTime().filter((job) => Number.isFinite(rolloutCallsBegin(job)));
  const lines = (fromMs: number, toMs: number) =>
    jobs()
      .filter((job) => rolloutCallsBegin(job) < toMs && rolloutCallsEnd(job) >= fromMs)
      .flatMap((job) => rolloutCallLines(job, stream, fromMs, toMs))
      .sort((a, b) => a.timestamp - b.timestamp);
  return {
    rank: -1,
    begins: () => Math.min(...jobs().map(rolloutCallsBegin)),
    ends: () => Math.max(...jobs().map(rolloutCallsEnd)),
    lines,
    lastLine: (t) => lines(t - 600_000, t + 1).at(-1)?.timestamp,
  };
}

const seeded = new WeakMap<SeededLog, LogSource>();
/** Lines made at a time. */
const SEEDED_WINDOW_LINES = 3_000;

export function seededSource(log: SeededLog): LogSource {
  const known = seeded.get(log);
  if (known) return known;
  const spread = (log.toMs - log.fromMs) / log.lines;
  const last = log.fromMs + Math.floor((log.lines - 1) * spread);
  const source: LogSource = {
    rank: 1_000_000,
    begins: () => log.fromMs,
    ends: () => last,
    windowMs: Math.max(1, Math.min(1_200_000, Math.floor(spread * SEEDED_WINDOW_LINES))),
    lines: (fromMs, toMs) => seededLines(log, fromMs, toMs),
    lastLine: (t) => (t < log.fromMs ? undefined : Math.min(last, t)),
  };
  seeded.set(log, source);
  return source;
}

function remember(known: WeakMap<Job, LogSource>, job: Job, make: () => LogSource): LogSource {
  const found = known.get(job) ?? make();
  known.set(job, found);
  return found;
}
