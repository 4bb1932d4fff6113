import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listJobsResponseSchema } from '@/lib/contract/jobs';
import { getBranchMetricsResponseSchema, getMetricsResponseSchema, type Series } from '@/lib/contract/metrics';
import { placeHops } from '@/lib/metrics/place-hops';
import { prepareRewardChart } from '@/lib/metrics/prepare-reward-chart';
import { REWARD } from '@/lib/metrics/reward-keys';
import { expectedPoints, readHistory, readKeys } from '@/tests/read-mlflow';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { GET as getBranch } from './[region]/jobs/[category]/[name]/metrics/branch/route';
import { GET as getMetrics } from './[region]/jobs/[category]/[name]/metrics/route';
import { GET as listJobs } from './[region]/jobs/route';

/** A whole account is read, and every point of it compared; on a busy machine that takes its time. */
const SLOW_MS = 400_000;
const KEYS_A_CALL = 40;
const BOUND_HOST = Symbol.for('cairn.boundHost');

const groups = { output: 'trail-mpg', intermediate: 'trail-checkpoint-mpg' };
/** Trained until it failed, resumed from its checkpoint, iterated from. */
const TRAIL = ['trail-first', 'trail-resumed', 'trail-iterated'] as const;

const points = ({ steps, values, timesMs }: Series) => steps.map((step, i) => [step, values[i], timesMs[i]]);

/** What the API answers, through its handler: parsed as a browser parses it. */
async function ask(
  handler: (request: Request, context: { params?: Promise<unknown> }) => Promise<Response>,
  path: string,
  params: Record<string, string>,
) {
  const headers = { host: 'localhost:3000', 'sec-fetch-site': 'same-origin' };
  const response = await handler(new Request(`http://localhost:3000${path}`, { headers }), {
    params: Promise.resolve(params),
  });
  const body: unknown = await response.json();
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${JSON.stringify(body)}`);
  return body;
}

describe('curves, as the API gives them', () => {
  let test: TestDeployment;
  beforeAll(async () => {
    test = await startTestDeployment({ scenario: 'team-month' });
    await test.control.seedJob({
      name: TRAIL[0],
      outcome: 'failed',
      startedAgo: '90h',
      steps: 30,
      failAtStep: 12,
      groups,
    });
    await test.control.seedJob({
      name: TRAIL[1],
      outcome: 'completed',
      startedAgo: '60h',
      steps: 30,
      groups,
      from: { job: TRAIL[0], step: 10, kind: 'resume' },
    });
    await test.control.seedJob({
      name: TRAIL[2],
      outcome: 'completed',
      startedAgo: '30h',
      steps: 20,
      groups,
      from: { job: TRAIL[1], step: 25, kind: 'iterate' },
      hyperparameters: { learning_rate: 0.00001 },
    });
    await test.d.sync.runUntilIdle();
    await test.d.metricsSync.runUntilIdle();
    const state = (globalThis as Record<symbol, unknown>)[Symbol.for('cairn.deployment')];
    Object.assign(state as object, { opening: Promise.resolve(test.d) });
    Object.assign(globalThis, { [BOUND_HOST]: '127.0.0.1' });
  }, SLOW_MS);
  afterAll(async () => {
    Object.assign(globalThis, { [BOUND_HOST]: undefined });
    await test.close();
  });

  const metricsOf = async (category: string, name: string, keys: readonly string[] = []) =>
    getMetricsResponseSchema.parse(
      await ask(getMetrics, `/api/${REGION}/jobs/${category}/${name}/metrics?keys=${keys.join(',')}`, {
        region: REGION,
        category,
        name,
      }),
    );

  it(
    'every metric of every finished job of a team is what MLflow has, point for point',
    async () => {
      const list = listJobsResponseSchema.parse(
        await ask(listJobs, `/api/${REGION}/jobs?limit=200`, { region: REGION }),
      );
      const finished = list.jobs.filter(({ endTime }) => endTime !== undefined);
      let curves = 0;
      let compared = 0;
      const without: string[] = [];
      for (const { jobCategory, jobName } of finished) {
        const { source, available } = await metricsOf(jobCategory, jobName);
        if (source.state !== 'ready') {
          // Ended before training began: MLflow never had a run of it.
          expect([jobName, source.state]).toEqual([jobName, 'run_missing']);
          without.push(jobName);
          continue;
        }
        const { resourceArn = '', runId = '' } = source;
        const keys = available.map(({ key }) => key);
        expect(keys).toEqual(await readKeys(test.url, resourceArn, runId));
        for (let at = 0; at < keys.length; at += KEYS_A_CALL) {
          const asked = keys.slice(at, at + KEYS_A_CALL);
          const { series } = await metricsOf(jobCategory, jobName, asked);
          expect(series.map(({ key }) => key)).toEqual(asked);
          for (const one of series) {
            const history = await readHistory(test.url, resourceArn, runId, one.key);
            expect([one.key, one.total]).toEqual([one.key, history.length]);
            expect(points(one)).toEqual(expectedPoints(history));
            curves += 1;
            compared += one.steps.length;
          }
        }
      }
      expect(finished.length).toBeGreaterThan(40);
      expect(without.length).toBeLessThan(4);
      expect(curves).toBeGreaterThan(2_000);
      expect(compared).toBeGreaterThan(50_000);
    },
    SLOW_MS,
  );

  it('train, resume after a failure, iterate: one line of what MLflow has of the three runs', async () => {
    const name = TRAIL[2];
    const path = `/api/${REGION}/jobs/AgentRFT/${name}/metrics/branch?keys=${REWARD.mean},${REWARD.validation}`;
    const answer = await ask(getBranch, path, { region: REGION, category: 'AgentRFT', name });
    const { hops, rootMissing } = getBranchMetricsResponseSchema.parse(answer);
    expect(rootMissing).toBe(false);
    expect(hops.map(({ jobName, from }) => [jobName, from?.kind, from?.step])).toEqual([
      [TRAIL[0], undefined, undefined],
      [TRAIL[1], 'resume', 10],
      [TRAIL[2], 'iterate', 25],
    ]);
    const [first = [], second = [], third = []] = await Promise.all(
      hops.map(async ({ source: { resourceArn = '', runId = '' } }) =>
        expectedPoints(await readHistory(test.url, resourceArn, runId, REWARD.mean)),
      ),
    );
    const { model, stitched } = prepareRewardChart(placeHops(hops).hops, { axis: 'cumulative', smoothing: 0 });
    // The parent up to the checkpoint, the resumed job from the next step on, the iterated one behind step 25.
    const line = [
      ...first.filter(([step]) => step <= 10),
      ...second.filter(([step]) => step <= 25),
      ...third.map(([step, value, timeMs]): [number, number | null, number] => [25 + step, value, timeMs]),
    ];
    expect(line.map(([step]) => step)).toEqual(Array.from({ length: 45 }, (_, i) => i + 1));
    expect(stitched.live.map(({ cumulative, value, timeMs }) => [cumulative, value, timeMs])).toEqual(line);
    expect(stitched.tails.map(({ points: all }) => all.map(({ step, value }) => [step, value]))).toEqual([
      first.filter(([step]) => step > 10).map(([step, value]) => [step, value]),
      second.filter(([step]) => step > 25).map(([step, value]) => [step, value]),
    ]);
    const drawn = model.lines.filter(({ look, side }) => look === 'strong' && side === 'left');
    expect(drawn.map(({ xs, ys }) => [xs, ys])).toEqual([[line.map(([step]) => step), line.map(([, value]) => value)]]);
    expect(model.seams.map(({ x, label }) => [x, label.split(':')[0]])).toEqual([
      [10, 'Resumed from step 10'],
      [25, 'Iterated from step 25'],
    ]);
  });
});
