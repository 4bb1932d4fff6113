import { describe, expect, it } from 'vitest';
import { AccountBuilder } from '../../../scenarios/account-builder';
import { mlflowAppArn } from '../../../world/arns';
import { DEFAULT_APP_ID } from '../../../world/mlflow-resource';
import { rolloutsOf, rolloutWindows } from '../../../world/rollout-list';
import { World } from '../../../world/world';
import { runOf } from '../runs';
import { artifactSpan, otlpSpan, stringifyWithNanos } from './span-views';
import { REWARD_KEY, spansOf } from './spans';
import { traceInfo } from './trace-info';
import { traceQuirksOf } from './trace-quirks';

const APP_ARN = mlflowAppArn('us-west-2', DEFAULT_APP_ID);
const NOW = Date.UTC(2026, 10, 22, 12);
const PROJECTS = ['support-desk', 'code-repair', 'travel-booking', 'invoice-triage', 'wordle', 'something-else'];

function tracesOfManyJobs() {
  const builder = new AccountBuilder(new World(8), 'us-west-2', NOW);
  return Array.from({ length: 24 }, (_, i) => {
    const job = builder.train({
      name: `traced-${i}`,
      createdAt: NOW - 86_400_000 + i,
      project: PROJECTS[i % PROJECTS.length] ?? '',
      hyperparameters: { global_batch_size: 32, group_size: 2, max_steps: 3 },
    });
    const run = runOf(job, APP_ARN);
    const window = rolloutWindows(job, NOW).find((candidate) => candidate.phase === 'training');
    if (!run || !window) throw new Error('no run');
    return { job, run, rollouts: rolloutsOf(job, window, NOW) };
  });
}

describe('traces', () => {
  const all = tracesOfManyJobs();

  it('keep the reward in one of four places, each used by some job', () => {
    const places = new Set<string>();
    for (const { job, run, rollouts } of all) {
      const [rollout] = rollouts;
      if (!rollout) throw new Error('no rollout');
      const info = traceInfo({ run, rollout });
      const found = [
        ['tag', info.tags.reward],
        ['metadata', info.trace_metadata[REWARD_KEY]],
        ['attribute', spansOf(rollout)[0]?.attributes[REWARD_KEY]],
        ['assessment', info.assessments?.[0]?.feedback.value],
      ].filter(([, value]) => value !== undefined);
      expect(found).toEqual([[traceQuirksOf(job).rewardPlace, expect.anything()]]);
      expect(Number(found[0]?.[1])).toBe(rollout.reward);
      places.add(traceQuirksOf(job).rewardPlace);
    }
    expect(places.size).toBe(4);
  });

  it('spend exactly the tokens and the time of their rollout', () => {
    for (const { rollouts } of all) {
      for (const rollout of rollouts.slice(0, 8)) {
        const spans = spansOf(rollout);
        const usage = spans.flatMap((span) => {
          const tokens = span.attributes['mlflow.chat.tokenUsage'] as Record<string, number> | undefined;
          return tokens ? [tokens] : [];
        });
        expect(usage).toHaveLength(rollout.turns);
        expect(usage.reduce((sum, tokens) => sum + (tokens.input_tokens ?? 0), 0)).toBe(rollout.promptTokens);
        expect(usage.reduce((sum, tokens) => sum + (tokens.output_tokens ?? 0), 0)).toBe(rollout.responseTokens);
        expect(Math.max(...spans.map((span) => span.endedAt))).toBe(rollout.startedAt + rollout.durationMs);
        expect(spans.every((span) => span.endedAt >= span.startedAt)).toBe(true);
        expect(new Set(spans.map((span) => span.id)).size).toBe(spans.length);
      }
    }
  });

  it('say what failed: the root and the tool that broke', () => {
    const failed = all.flatMap(({ rollouts }) => rollouts).filter((rollout) => rollout.status === 'ERROR');
    expect(failed.length).toBeGreaterThan(0);
    for (const rollout of failed) {
      const spans = spansOf(rollout);
      expect(spans[0]?.error).toBeDefined();
      expect(spans.at(-1)?.error).toBe(spans[0]?.error);
      expect(spans.at(-1)?.attributes['mlflow.spanType']).toBe('TOOL');
      expect(rollout.reward).toBe(0);
    }
  });

  it('are the same every time, and say the same for the same prompt', () => {
    const again = tracesOfManyJobs();
    for (const [i, { rollouts }] of all.entries()) {
      expect(again[i]?.rollouts.slice(0, 3).map(spansOf)).toEqual(rollouts.slice(0, 3).map(spansOf));
      const prompts = new Map<string, string>();
      for (const rollout of rollouts) {
        const inputs = spansOf(rollout)[0]?.attributes['mlflow.spanInputs'] as { prompt: string };
        expect(inputs.prompt).toBe(prompts.get(rollout.promptId) ?? inputs.prompt);
        expect(inputs.prompt).not.toMatch(/\{\w+\}/);
        prompts.set(rollout.promptId, inputs.prompt);
      }
    }
  });

  it('travel with every digit of their nanoseconds', () => {
    const [rollout] = all[0]?.rollouts ?? [];
    if (!rollout) throw new Error('no rollout');
    const [span] = spansOf(rollout);
    if (!span) throw new Error('no span');
    for (const text of [stringifyWithNanos(otlpSpan('tr-1', span)), stringifyWithNanos(artifactSpan('tr-1', span))]) {
      const digits = /"start_time_unix_nano":(\d+)/.exec(text)?.[1] ?? '';
      expect(digits).toHaveLength(19);
      expect(BigInt(digits) / 1_000_000n).toBe(BigInt(rollout.startedAt));
      expect(() => JSON.parse(text)).not.toThrow();
    }
  });
});
