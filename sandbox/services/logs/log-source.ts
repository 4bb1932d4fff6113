import { agentLogBegins, agentLogLines } from '../../world/agent-log';
import { lifeOf } from '../../world/life';
import { type LogLine, lastLogTime, logBegins, logLines } from '../../world/log-lines';
import { rolloutCallLines, rolloutCallsBegin, rolloutCallsEnd } from '../../world/rollout-calls';
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

function remember(known: WeakMap<Job, LogSource>, job: Job, make: () => LogSource): LogSource {
  const found = known.get(job) ?? make();
  known.set(job, found);
  return found;
}
