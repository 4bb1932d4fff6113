import type { LOG_STATES } from '../contract/logs';

export type LogState = (typeof LOG_STATES)[number];

interface LogFacts {
  /** How many streams CloudWatch Logs lists for the job. */
  streams: number;
  hasLines: boolean;
  /** When a stream says its first or last line was written, epoch ms; absent when none says. */
  lastLineAtMs?: number;
  /** When the job ended, epoch ms; absent while it has not. */
  endedAtMs?: number;
  nowMs: number;
}

/** 10 min: lines and streams appear with a delay, also after the job has ended (assumption). */
const LATE_MS = 10 * 60_000;
/** The shortest retention CloudWatch Logs offers is one day (AWS docs): nothing younger can have expired. */
const SHORTEST_RETENTION_MS = 86_400_000;

/**
 * Why a job's log has no lines to show. Before they come and after they are gone look the same at AWS; the job's own
 * times tell them apart. A job that ended within the last day without a stream wrote nothing: `empty`.
 */
export function logState(facts: LogFacts): LogState {
  if (facts.hasLines) return 'ok';
  if (facts.endedAtMs === undefined) return facts.streams > 0 ? 'empty' : 'none-yet';
  const age = facts.nowMs - facts.endedAtMs;
  if (facts.streams === 0) {
    if (age < LATE_MS) return 'none-yet';
    return age < SHORTEST_RETENTION_MS ? 'empty' : 'expired';
  }
  const wrote = facts.lastLineAtMs !== undefined && facts.nowMs - facts.lastLineAtMs >= SHORTEST_RETENTION_MS;
  return wrote ? 'expired' : 'empty';
}
