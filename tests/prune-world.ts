import { afterAll, beforeAll, beforeEach } from 'vitest';
import { AppError } from '@/lib/contract/app-error';
import { type PruneRun, prunePreviewQuerySchema, pruneRulesSchema } from '@/lib/contract/prune';
import { previewPrune } from '@/lib/server/prune/preview-prune';
import { changePruneRun, getPruneRun } from '@/lib/server/prune/prune-runs';
import { startPrune } from '@/lib/server/prune/start-prune';
import type { SeedJobRequest } from '@/sandbox/control-client';
import type { ProxyRules } from './aws-proxy';
import { REGION, startTestDeployment, type TestDeployment } from './test-deployment';

export const groupsOf = (name: string) => ({ output: `${name}-mpg`, intermediate: `${name}-checkpoint-mpg` });
/** Without the reward, which no test here reads. */
export const rulesOf = (job: string, more: Record<string, unknown> = {}) =>
  pruneRulesSchema.parse({ best: 0, job, ...more });
export const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw new Error(`expected an AppError, got ${String(error)}`);
};

/** An empty account for tests of Prune, one for each file; what a test has AWS say otherwise is taken back before every test. */
export function startPruneWorld() {
  let test: TestDeployment | undefined;
  const proxy: ProxyRules = {};

  const started = () => {
    if (!test) throw new Error('the account is not there before the first test');
    return test;
  };

  beforeAll(async () => {
    // As the program that listens on 127.0.0.1 writes it down; without it, changes are shut.
    Object.assign(globalThis, { [Symbol.for('cairn.boundHost')]: '127.0.0.1' });
    test = await startTestDeployment({ scenario: 'empty', seed: 7, through: proxy });
  });
  afterAll(() => test?.close());
  beforeEach(() => {
    proxy.rewrites = undefined;
    return started().control.setFaults([]);
  });

  /** A completed job of 12 steps in groups of its own, read into the catalog. */
  async function seed(name: string, more: Partial<SeedJobRequest> = {}) {
    await started().control.seedJob({
      name,
      outcome: 'completed',
      startedAgo: '8h',
      steps: 12,
      groups: groupsOf(name),
      quirks: { packageEvidence: 'path', progressForm: 'step' },
      ...more,
    });
    await started().pass(20_000);
    // It lies in the past, where no list looks any more.
    await started().d.sync.nudge(REGION, { jobCategory: more.category ?? 'AgentRFT', jobName: name });
    await started().d.sync.runUntilIdle();
    return name;
  }

  const preview = (job: string, more: Record<string, unknown> = {}) =>
    previewPrune(started().d, REGION, prunePreviewQuerySchema.parse({ ...rulesOf(job), limit: 500, ...more }));

  async function start(job: string, more: Record<string, unknown> = {}, drop: string[] = []) {
    const rules = rulesOf(job, more);
    const { planToken, counts } = await previewPrune(started().d, REGION, prunePreviewQuerySchema.parse(rules));
    const confirm = counts.go - drop.length;
    return (await startPrune(started().d, REGION, { rules, planToken, drop, confirm })).run;
  }

  const change = async (run: PruneRun, what: Parameters<typeof changePruneRun>[3]) =>
    (await changePruneRun(started().d, REGION, run.id, what)).run;
  const record = (run: PruneRun, state?: 'failed' | 'kept' | 'deleted') =>
    getPruneRun(started().d, REGION, run.id, { state, offset: 0, limit: 500 });
  const stepsAtAws = async (job: string, kind: 'resumable' | 'model') =>
    (await started().control.truth(REGION)).packages
      .filter(([, , of, maker]) => of === kind && maker === job)
      .map(([, , , , , step]) => step);

  return {
    get test() {
      return started();
    },
    proxy,
    seed,
    preview,
    start,
    change,
    record,
    stepsAtAws,
  };
}
