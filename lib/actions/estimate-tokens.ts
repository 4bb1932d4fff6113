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
  const done = stepsDone(parent);
  if (!parent.tokens || done === undefined || stepsLeft === undefined) return undefined;
  // A resumed parent began at the step after its own checkpoint; its tokens are those of its own steps.
  const resumed = parent.parent?.kind === 'resume' || parent.parent?.kind === 'unknown';
  if (resumed && parent.parent?.step === undefined) return undefined;
  const own = done - (resumed ? (parent.parent?.step ?? 0) : 0);
  if (own <= 0) return undefined;
  const scale = (count: number | undefined) =>
    count === undefined ? undefined : Math.round((count / own) * stepsLeft);
  const { train, prefill, sample } = parent.tokens;
  return { train: scale(train), prefill: scale(prefill), sample: scale(sample) };
}
