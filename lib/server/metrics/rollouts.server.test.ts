import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ListRolloutsResponse, listRolloutsQuerySchema, listRolloutsResponseSchema } from '@/lib/contract/metrics';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { getMetrics } from './get-metrics';
import { getRollout } from './get-rollout';
import { listRollouts } from './list-rollouts';

/** A whole account is read first; on a busy machine that takes its time. */
const SLOW_MS = 240_000;

describe('rollouts', () => {
  let test: TestDeployment;
  const names = Array.from({ length: 8 }, (_, i) => `lesson-${i}`);
  const ref = (jobName: string) => ({ jobCategory: 'AgentRFT', jobName }) as const;
  beforeAll(async () => {
    test = await startTestDeployment({ scenario: 'empty' });
    // Jobs keep reward, step and spans in different places, as nobody documents where they are: enough of them meet all.
    for (const name of names) {
      await test.control.seedJob({
        name,
        outcome: 'completed',
        steps: 6,
        startedAgo: '20h',
        hyperparameters: { group_size: 2 },
        groups: { output: `${name}-out`, intermediate: `${name}-mid` },
      });
    }
    await test.d.sync.runUntilIdle();
  }, SLOW_MS);
  afterAll(() => test.close());

  const list = async (name: string, query: Record<string, unknown>) =>
    listRolloutsResponseSchema.parse(
      await listRollouts(test.d, REGION, ref(name), listRolloutsQuerySchema.parse(query)),
    );

  it('finds the rollouts of a step, as many as the metrics count, whether or not they name their run', async () => {
    const ways = new Set<ListRolloutsResponse['foundBy']>();
    for (const name of names) {
      const { series } = await getMetrics(test.d, REGION, ref(name), [
        'training/num_trajectories',
        'rollout/reward/mean',
      ]);
      const counted = series[0]?.values[series[0].steps.indexOf(4)];
      const answer = await list(name, { step: 4, limit: 500, sort: 'worst' });
      ways.add(answer.foundBy);
      if (!answer.missing.includes('step')) {
        expect(answer.rollouts.every(({ step }) => step === 4)).toBe(true);
        expect(answer.total).toBeGreaterThanOrEqual(counted ?? 0);
      }
      expect(answer.total).toBeGreaterThan(0);
      const rewards = answer.rollouts.flatMap(({ reward }) => reward ?? []);
      expect(rewards).toEqual([...rewards].sort((a, b) => a - b));
    }
    expect(ways.has('run')).toBe(true);
  });

  it('pages through a list and filters it by outcome', async () => {
    const all = await list('lesson-0', { step: 3, limit: 500 });
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list('lesson-0', { step: 3, limit: 7, ...(cursor && { cursor }) });
      paged.push(...page.rollouts.map(({ traceId }) => traceId));
      cursor = page.nextCursor;
    } while (cursor);
    expect(paged).toEqual(all.rollouts.map(({ traceId }) => traceId));
    const zero = await list('lesson-0', { step: 3, limit: 500, outcome: 'zero' });
    expect(zero.rollouts.every(({ reward }) => reward === 0)).toBe(true);
    await expect(list('lesson-0', { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('shows a rollout as a conversation with its tools, wherever the spans are kept, and asks MLflow once', async () => {
    for (const name of names) {
      const [one] = (await list(name, { step: 2 })).rollouts;
      const conversation = await getRollout(test.d, REGION, ref(name), one?.traceId ?? '', undefined);
      const kinds = conversation.parts.map(({ kind }) => kind);
      expect(kinds.slice(0, 3)).toEqual(['system', 'prompt', 'model']);
      expect(kinds.filter((kind) => kind === 'tool_call').length).toBe(
        kinds.filter((kind) => kind === 'tool_result').length,
      );
      expect(conversation.rollout.reward).toBeTypeOf('number');
      expect(conversation.rollout.step).toBe(2);
      expect(conversation.rollout.turns).toBe(kinds.filter((kind) => kind === 'model').length);
      expect(conversation.parts.every(({ startTime }) => startTime !== undefined)).toBe(true);
      await test.control.resetCalls();
      await getRollout(test.d, REGION, ref(name), one?.traceId ?? '', undefined);
      expect((await test.control.calls()).total).toBe(0);
    }
  });

  it('a trace that MLflow does not have is not found', async () => {
    await expect(getRollout(test.d, REGION, ref('lesson-1'), 'tr-nothing', undefined)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
