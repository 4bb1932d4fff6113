import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { PlanResponse, ResumeRequest } from '@/lib/contract/actions';
import type { JobRef } from '@/lib/contract/jobs';
import { listJobCheckpoints } from '@/lib/server/checkpoints/list-job-checkpoints';
import { createDeployment, type Deployment } from '@/lib/server/deployment';
import type { FaultRule, SeedJobRequest } from '@/sandbox/control-client';
import { REGION, startTestDeployment, type TestDeployment, testSettings } from './test-deployment';

export const job = (jobName: string): JobRef => ({ jobCategory: 'AgentRFT', jobName });

export const stateOf = (plan: PlanResponse, id: string) => plan.checks.find((check) => check.id === id)?.state;

/** The body that carries a plan out. */
export const confirm = (body: ResumeRequest, plan: PlanResponse) => ({
  ...body,
  jobName: plan.jobName,
  planToken: plan.planToken,
});

export const fault = (rule: Partial<FaultRule>): FaultRule => ({ operation: 'CreateJob', kind: 'error', ...rule });

/**
 * An account for tests of actions, one for each file: `failed` jobs that failed in step 10 of 12 and one that is `done`.
 * Faults and quotas are taken back before every test.
 */
export function startActionsWorld({ failed }: { failed: number }) {
  let test: TestDeployment | undefined;
  let other: Deployment | undefined;
  let otherFolder: string | undefined;
  let taken = 0;

  const started = () => {
    if (!test) throw new Error('the account is not there before the first test');
    return test;
  };

  /** A job of 12 steps in groups of its own. */
  async function seed(name: string, more: Omit<SeedJobRequest, 'name'>) {
    await started().control.seedJob({
      name,
      startedAgo: '6h',
      steps: 12,
      groups: { output: `${name}-mpg`, intermediate: `${name}-checkpoint-mpg` },
      tags: { team: 'support' },
      quirks: { packageEvidence: 'path', progressForm: 'step' },
      ...more,
    });
    return name;
  }

  beforeAll(async () => {
    // As the program that listens on 127.0.0.1 writes it down; without it, changes are shut.
    Object.assign(globalThis, { [Symbol.for('cairn.boundHost')]: '127.0.0.1' });
    test = await startTestDeployment({ scenario: 'empty', seed: 7 });
    for (let i = 1; i <= failed; i += 1) await seed(`run-${i}`, { outcome: 'failed', failAtStep: 9 });
    await seed('done', { outcome: 'completed' });
    await test.d.sync.runUntilIdle();
  });

  afterAll(async () => {
    await other?.close();
    await test?.close();
    if (otherFolder) rmSync(otherFolder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await started().control.setFaults([]);
    await started().control.setQuota({ training: 1000, evaluation: 1000 });
  });

  async function checkpointOf(name: string, kind: 'resumable' | 'model', step: number) {
    const { checkpoints } = await listJobCheckpoints(started().d, REGION, job(name), { kind, limit: 100 });
    const found = checkpoints.find((checkpoint) => checkpoint.step === step);
    if (!found) throw new Error(`no ${kind} checkpoint of step ${step} among ${checkpoints.map((c) => c.step)}`);
    return { group: found.group, version: found.version };
  }

  return {
    get d() {
      return started().d;
    },
    get control() {
      return started().control;
    },
    get test() {
      return started();
    },
    seed,
    checkpointOf,

    /** A job that failed in step 10 of 12 and that no other test uses. */
    failedJob(): string {
      taken += 1;
      if (taken > failed) throw new Error('more jobs are needed: raise `failed`');
      return `run-${taken}`;
    },

    async runningJob(name: string): Promise<string> {
      await seed(name, { outcome: 'running', startedAgo: '30m' });
      await started().pass(20_000);
      await started().d.sync.runUntilIdle();
      return name;
    },

    /** A second server in front of the same account, with a catalog of its own; made once, since that takes seconds. */
    async anotherServer(): Promise<Deployment> {
      otherFolder ??= mkdtempSync(path.join(tmpdir(), 'cairn-test-'));
      other ??= await createDeployment(testSettings(started().url, path.join(otherFolder, 'data')));
      await other.sync.runUntilIdle();
      return other;
    },

    async resumeFrom(name: string, step: number, more: Partial<ResumeRequest> = {}): Promise<ResumeRequest> {
      return { action: 'resume', from: await checkpointOf(name, 'resumable', step), ...more };
    },

    async callsOf(operation: string): Promise<number> {
      const { byOperation } = await started().control.calls();
      return Object.entries(byOperation).find(([name]) => name.endsWith(operation))?.[1] ?? 0;
    },

    async jobsNamed(name: string) {
      return (await started().control.truth()).jobs.filter((entry) => entry.name === name);
    },
  };
}
