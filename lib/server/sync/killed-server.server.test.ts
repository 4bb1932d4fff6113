import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '@/sandbox/start-sandbox';
import { compareWithTruth } from '@/tests/compare-with-truth';
import { REGION, setFakeCredentials, testSettings } from '@/tests/test-deployment';
import { createDeployment } from '../deployment';

interface Written {
  phase: string;
  jobsListed?: number;
  jobsDescribed?: number;
  packagesListed?: number;
  packagesDescribed?: number;
}

const COUNTS = ['jobsListed', 'jobsDescribed', 'packagesListed', 'packagesDescribed'] as const;

describe('a server that is killed while it fills its catalog', () => {
  let sandbox: RunningSandbox;
  let dataDir: string;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    setFakeCredentials();
    dataDir = mkdtempSync(path.join(tmpdir(), 'cairn-killed-'));
    sandbox = await startSandbox({ scenario: 'team-month', speed: 0, now: '2026-11-20T12:00:00Z' });
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Runs a server until it has written what is asked for, then kills it in the middle of its work. */
  async function fillAndKill(enough: (written: Written) => boolean): Promise<{ first: Written; last: Written }> {
    const args = [
      '--import',
      'tsx',
      '--conditions=react-server',
      'tests/fill-until-killed.ts',
      sandbox.url,
      dataDir,
      '60',
    ];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    let first: Written | undefined;
    let last: Written | undefined;
    for await (const line of createInterface({ input: child.stdout })) {
      last = JSON.parse(line) as Written;
      if (last.packagesListed !== undefined) first ??= last;
      if (enough(last)) break;
    }
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    if (!first || !last) throw new Error('the server wrote nothing');
    return { first, last };
  }

  it('loses nothing it had written, goes on where it was, and ends with the truth', { timeout: 240_000 }, async () => {
    const steps: ((written: Written) => boolean)[] = [
      ({ jobsDescribed = 0 }) => jobsDescribed >= 5,
      ({ packagesListed = 0 }) => packagesListed >= 700,
      ({ packagesListed = 0 }) => packagesListed >= 1_800,
    ];
    let before: Written = { phase: 'waiting' };
    for (const enough of steps) {
      const { first, last } = await fillAndKill(enough);
      for (const count of COUNTS) expect(first[count] ?? 0).toBeGreaterThanOrEqual(before[count] ?? 0);
      before = last;
    }

    const d = await createDeployment(testSettings(sandbox.url, dataDir));
    await sandbox.control.resetCalls();
    await d.sync.runUntilIdle();
    expect(d.sync.status(REGION)).toMatchObject({ phase: 'live', errors: [] });
    const truth = await sandbox.control.truth(REGION);
    expect(await compareWithTruth(d, truth)).toEqual([]);
    // What was there was not fetched again: only pages that the killed servers had not come to.
    const { byOperation } = await sandbox.control.calls();
    const missing = truth.packages.length - (before.packagesListed ?? 0);
    const groups = new Set(truth.packages.map(([group]) => group)).size;
    expect(byOperation['SageMaker.ListModelPackages'] ?? 0).toBeLessThanOrEqual(missing / 100 + 2 * groups);
    expect(byOperation['SageMaker.DescribeJob'] ?? 0).toBeLessThanOrEqual(
      truth.jobs.length - (before.jobsDescribed ?? 0) + 5,
    );
    await d.close();
  });
});
