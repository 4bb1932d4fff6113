import { describe, expect, it } from 'vitest';
import { curatedKeys } from '@/lib/metrics/curated-keys';
import { toSeries } from '@/lib/metrics/to-series';
import { countTurns, rootAttributes, toTurnParts } from '@/lib/metrics/to-turn-parts';
import { runOfTrace, toRollout } from '@/lib/metrics/trace-facts';
import { toSpans } from '@/lib/metrics/trace-spans';
import { getHistory, getTail } from '@/lib/server/mlflow/history';
import type { MlflowClient } from '@/lib/server/mlflow/mlflow-client';
import type { MlflowTarget } from '@/lib/server/mlflow/mlflow-errors';
import { findRun, getRun } from '@/lib/server/mlflow/runs';
import { getTrace, searchTraces } from '@/lib/server/mlflow/traces';
import { expectedPoints, type RawMetric } from './read-mlflow';

/** One MLflow with one run in it, and what is known to be there. */
export interface MlflowFixture {
  client: MlflowClient;
  target: MlflowTarget;
  experimentId: string;
  experimentName: string;
  runId: string;
  runName: string;
  createdAtMs: number;
  /** Every point of some metrics, as they were logged. */
  histories: Record<string, RawMetric[]>;
  /** How many metrics the run has. */
  keys: number;
  /** Rollouts that are there as traces. */
  traces: { traceId: string; reward: number; step: number; turns: number; startMs: number }[];
}

/** What Cairn's MLflow client counts on, held against any MLflow: the sandbox's and a real one. */
export function mlflowContract(name: string, fixture: () => MlflowFixture): void {
  describe(`the MLflow client against ${name}`, () => {
    const clues = (mlflow: Record<string, string>, jobName = 'no-such-name') => ({
      jobCategory: 'AgentRFT' as const,
      jobName,
      createdAtMs: fixture().createdAtMs,
      mlflow,
    });

    it('finds a run by its id, by the name of the config, and by the name of the job', async () => {
      const { client, target, runId, runName, experimentName } = fixture();
      const byId = await findRun(client, target, clues({ runId }));
      expect(byId).toMatchObject({ foundBy: 'service_output', run: { runId } });
      const byName = await findRun(client, target, clues({ experimentName, runName }, runName));
      expect(byName).toMatchObject({ foundBy: 'config', run: { runId } });
      const byJob = await findRun(client, target, clues({ experimentName }, runName));
      expect(byJob).toMatchObject({ foundBy: 'run_name', run: { runId } });
      expect(await findRun(client, target, clues({}, runName))).toMatchObject({ run: { runId } });
    });

    it('tells a run that is not there yet from one that is gone', async () => {
      const { client, target, experimentName, runName } = fixture();
      expect(await findRun(client, target, clues({ experimentName }))).toBeUndefined();
      expect(await findRun(client, target, clues({ experimentName: 'no such experiment', runName }))).toBeUndefined();
      await expect(getRun(client, target, '0'.repeat(32))).rejects.toMatchObject({ code: 'not_found' });
    });

    it('knows the last point of every metric from one look', async () => {
      const { client, target, runId, histories, keys } = fixture();
      const { latest, ended } = await getRun(client, target, runId);
      expect(ended).toBe(true);
      expect(latest.size).toBe(keys);
      expect(curatedKeys('AgentRFT', [...latest.keys()]).slice(0, 2)).toEqual([
        'rollout/reward/mean',
        'val/reward/mean',
      ]);
      for (const [key, history] of Object.entries(histories)) {
        const last = expectedPoints(history).at(-1);
        expect([latest.get(key)?.step, latest.get(key)?.value]).toEqual(last?.slice(0, 2));
      }
    });

    it('reads every point of a metric, gaps and repeated steps included', async () => {
      const { client, target, runId, histories } = fixture();
      const repeated = Object.values(histories).some((all) => expectedPoints(all).length < all.length);
      const gaps = Object.values(histories).some((all) => all.some(({ value }) => typeof value === 'string'));
      expect({ repeated, gaps }).toEqual({ repeated: true, gaps: true });
      for (const [key, history] of Object.entries(histories)) {
        const { steps, values, timesMs, total } = toSeries(await getHistory(client, target, runId, key));
        expect(steps.map((step, i) => [step, values[i], timesMs[i]])).toEqual(expectedPoints(history));
        expect(total).toBe(history.length);
      }
      expect(await getHistory(client, target, runId, 'no/such/metric')).toEqual([]);
    });

    it('reads the tail of a metric that grew', async () => {
      const { client, target, runId, histories } = fixture();
      const [key = '', history = []] = Object.entries(histories)[0] ?? [];
      const all = expectedPoints(history);
      const fromStep = all[Math.floor(all.length / 2)]?.[0] ?? 0;
      const tail = await getTail(client, target, { runId, key, fromStep });
      const { steps, values } = toSeries(tail ?? []);
      expect(steps.map((step, i) => [step, values[i]])).toEqual(
        all.filter(([step]) => step >= fromStep).map(([step, value]) => [step, value]),
      );
    });

    it('finds traces by their run and by their time', async () => {
      const { client, target, runId, experimentId, traces } = fixture();
      const times = traces.map(({ startMs }) => startMs);
      const window = { fromMs: Math.min(...times), toMs: Math.max(...times) };
      const byRun = await searchTraces(client, target, { experimentId, runId, ...window });
      const found = byRun.infos.map((info) => toRollout(info)?.traceId);
      expect(found).toEqual(expect.arrayContaining(traces.map(({ traceId }) => traceId)));
      expect(byRun.infos.map(runOfTrace).every((run) => run === runId)).toBe(true);
      const byTime = await searchTraces(client, target, { experimentId, ...window });
      expect(byTime.infos.length).toBeGreaterThanOrEqual(traces.length);
      const before = await searchTraces(client, target, { experimentId, runId, toMs: 1_000 });
      expect(before.infos).toEqual([]);
    });

    it('reads a trace as a conversation', async () => {
      const { client, target, traces } = fixture();
      for (const wanted of traces.slice(0, 3)) {
        const { info, spans: raw } = await getTrace(client, target, wanted.traceId);
        const spans = toSpans(raw);
        const kinds = toTurnParts(spans).map(({ kind }) => kind);
        expect(kinds.slice(0, 3)).toEqual(['system', 'prompt', 'model']);
        expect(countTurns(spans)).toBe(wanted.turns);
        const rollout = toRollout(info, rootAttributes(spans));
        expect(rollout).toMatchObject({ traceId: wanted.traceId, reward: wanted.reward, step: wanted.step });
        expect(Math.abs(Date.parse(rollout?.startTime ?? '') - wanted.startMs)).toBeLessThanOrEqual(1);
      }
      await expect(getTrace(client, target, `tr-${'0'.repeat(32)}`)).rejects.toMatchObject({ code: 'not_found' });
    });
  });
}
