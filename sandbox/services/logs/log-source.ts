import { agentLogBegins, agentLogLines } from '../../world/agent-log';
import { lifeOf } from '../../world/life';
import { type LogLine, lastLogTime, logBegins, logLines } from '../../world/log-lines';
import type { Job } from '../../world/types';

/** Something that writes: the job itself, or its agent while it serves the job. Its end moves when the job is stopped. */
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

function remember(known: WeakMap<Job, LogSource>, job: Job, make: () => LogSource): LogSource {
  const found = known.get(job) ?? make();
  known.set(job, found);
  return found;
}
