import type { Rollout } from '../contract/metrics';
import type { StoryEntry } from '../contract/story';
import { formatPlural } from '../shared/format';

/**
 * The rollouts that ended in an error near the end, as one warning: they are what a cause does, not the cause, so that
 * they are never the first error of a story. Undefined when none did.
 */
export function rolloutEntry(rollouts: readonly Rollout[], fromMs: number, toMs: number): StoryEntry | undefined {
  const failed = rollouts
    .flatMap((rollout) => {
      const endMs = Date.parse(rollout.startTime ?? '') + (rollout.durationMs ?? 0);
      return rollout.state === 'error' && endMs >= fromMs && endMs <= toMs ? [{ rollout, endMs }] : [];
    })
    .sort((a, b) => a.endMs - b.endMs);
  const [first] = failed;
  const last = failed.at(-1);
  if (!first || !last) return undefined;
  const { rollout } = first;
  const turns = rollout.turns === undefined ? '' : ` after ${formatPlural(rollout.turns, 'turn')}`;
  const step = rollout.step === undefined ? '' : ` in step ${rollout.step}`;
  return {
    id: `rollouts#${rollout.traceId}`,
    source: 'rollouts',
    at: new Date(first.endMs).toISOString(),
    ...(failed.length > 1 && { lastAt: new Date(last.endMs).toISOString() }),
    level: 'warn',
    text: `A rollout ended in an error${turns}${step}`,
    count: failed.length,
    pinned: false,
    ...(rollout.step !== undefined && { step: rollout.step }),
  };
}
