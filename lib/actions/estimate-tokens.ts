import type { JobDetail, Tokens } from '../contract/jobs';
import { stepsDone } from './resume-steps';

/**
 * Tokens the steps left may come to, at the parent's own rate so far; absent when the parent tells no tokens or trained
 * no whole step. An estimate for the eye only: AWS bills what is used.
 */
export function estimateTokens(
  parent: Pick<JobDetail, 'jobStatus' | 'progress' | 'tokens' | 'parent'>,
  stepsLeft: number | undefined,
): Tokens | undefined {
  const own = ownSteps(parent);
  if (!parent.tokens || own === undefined || stepsLeft === undefined) return undefined;
  const scale = (count: number | undefined) =>
    count === undefined ? undefined : Math.round((count / own) * stepsLeft);
  const { train, prefill, sample } = parent.tokens;
  return { train: scale(train), prefill: scale(prefill), sample: scale(sample) };
}

/**
 * Seconds that `steps` may take, at the parent's own rate: its time in Training over the steps it trained itself. Absent
 * when it tells no such time or trained no whole step.
 */
export function estimateSeconds(
  parent: Pick<JobDetail, 'jobStatus' | 'progress' | 'parent' | 'transitions'>,
  steps: number | undefined,
): number | undefined {
  const own = ownSteps(parent);
  if (own === undefined || steps === undefined) return undefined;
  const trainedMs = parent.transitions
    .filter(({ status, endTime }) => status === 'Training' && endTime !== undefined)
    .reduce((sum, { startTime, endTime }) => sum + Date.parse(endTime ?? startTime) - Date.parse(startTime), 0);
  return trainedMs > 0 ? Math.round((trainedMs / 1000 / own) * steps) : undefined;
}

/** Whole steps the parent trained itself; undefined when that cannot be told or is none. */
function ownSteps(parent: Pick<JobDetail, 'jobStatus' | 'progress' | 'parent'>): number | undefined {
  const done = stepsDone(parent);
  if (done === undefined) return undefined;
  // A resumed parent began at the step after its own checkpoint.
  const resumed = parent.parent?.kind === 'resume' || parent.parent?.kind === 'unknown';
  if (resumed && parent.parent?.step === undefined) return undefined;
  const own = done - (resumed ? (parent.parent?.step ?? 0) : 0);
  return own > 0 ? own : undefined;
}
