import { hashKey, Rng, unitAt } from '../rng';
import { agentFailureLines } from './agent-log-stories';
import { agentOf } from './agents';
import { lifeOf } from './life';
import type { LogLine } from './log-lines';
import { rolloutsOf, rolloutWindows } from './rollout-list';
import { toolsAreDown } from './rollouts';
import type { Job } from './types';

// What the agent of a job writes while it serves the job's rollouts: one line a rollout on AgentCore, the platform's three
// on Lambda, and what goes wrong near a failure. The rollout ids are the ones of MLflow's traces.

const STREAMS = 3;

/** The streams the agent's sandboxes write to while they serve this job. */
export function agentLogStreams(job: Job): string[] {
  const { workStart } = lifeOf(job);
  const agent = agentOf(job);
  if (workStart === undefined || !agent) return [];
  const day = new Date(workStart).toISOString().slice(0, 10).replaceAll('-', '/');
  const rng = new Rng(hashKey('agent-stream', job.key));
  return Array.from({ length: STREAMS }, () =>
    agent.kind === 'runtime'
      ? `${day}/[runtime-logs]${rng.uuid()}`
      : `${day}/[${versionWord(agent.qualifier)}]${rng.hex(32)}`,
  );
}

const versionWord = (qualifier: string) => (qualifier === '$LATEST' ? qualifier : '12');

/** When the agent begins to serve the job; undefined for a job that never came to its work. */
export const agentLogBegins = (job: Job): number | undefined => (agentOf(job) ? lifeOf(job).workStart : undefined);

/** The agent's lines for this job with `fromMs` <= timestamp < `toMs`, in order. Callers cut `toMs` at now. */
export function agentLogLines(job: Job, fromMs: number, toMs: number): LogLine[] {
  const streams = agentLogStreams(job);
  const agent = agentOf(job);
  if (streams.length === 0 || !agent) return [];
  const lines: Array<LogLine & { order: number }> = [];
  const add = (slot: number, timestamp: number, message: string) => {
    if (timestamp < fromMs || timestamp >= toMs) return;
    lines.push({ stream: streams[slot % STREAMS] ?? '', timestamp, message, order: lines.length });
  };
  for (const window of rolloutWindows(job, toMs)) {
    // A rollout never begins before its window, and ends within it.
    if (window.end < fromMs || window.start >= toMs) continue;
    for (const rollout of rolloutsOf(job, window, toMs)) {
      const endedAt = rollout.startedAt + rollout.durationMs;
      const failed = rollout.status === 'ERROR';
      if (window.phase === 'training' && toolsAreDown(job, window.step) && rollout.index % 4 === 0) {
        add(rollout.index, endedAt - 900, toolRecord(rollout.id, endedAt - 900, rollout.index % 12 === 0));
      }
      if (agent.kind === 'runtime') {
        add(rollout.index, endedAt, rolloutRecord(rollout.id, endedAt, failed, rollout));
        continue;
      }
      const requestId = new Rng(
        hashKey('lambda-request', job.key, rollout.index, rollout.startedAt % 4_294_967_296),
      ).uuid();
      const tookMs = 120 + 600 * unitAt(hashKey(rollout.id), 1);
      add(rollout.index, rollout.startedAt, `START RequestId: ${requestId} Version: 12`);
      add(
        rollout.index,
        rollout.startedAt + 40,
        `[INFO]\t${new Date(rollout.startedAt + 40).toISOString()}\t${requestId}\trollout ${rollout.id} forwarded`,
      );
      add(
        rollout.index,
        Math.round(rollout.startedAt + tookMs),
        `REPORT RequestId: ${requestId}\tDuration: ${tookMs.toFixed(2)} ms\tBilled Duration: ${Math.ceil(tookMs)} ms\tMemory Size: 256 MB\tMax Memory Used: 91 MB`,
      );
    }
  }
  for (const { at, slot, message } of agentFailureLines(job)) add(slot, at, message);
  return lines.sort((a, b) => a.timestamp - b.timestamp || a.order - b.order).map(({ order: _order, ...line }) => line);
}

function toolRecord(id: string, at: number, timedOut: boolean): string {
  return JSON.stringify({
    timestamp: new Date(at).toISOString(),
    level: 'ERROR',
    message: timedOut
      ? 'tool "search-index": request timed out after 10 s'
      : 'tool "search-index" answered 503: no healthy upstream',
    rolloutId: id,
  });
}

function rolloutRecord(
  id: string,
  at: number,
  failed: boolean,
  { turns, reward, durationMs }: { turns: number; reward: number; durationMs: number },
): string {
  return JSON.stringify({
    timestamp: new Date(at).toISOString(),
    level: failed ? 'WARN' : 'INFO',
    message: failed ? `rollout ended with status failed after ${turns} turns` : `rollout ended after ${turns} turns`,
    rolloutId: id,
    durationMs,
    ...(failed ? {} : { reward: Number(reward.toFixed(4)) }),
  });
}
