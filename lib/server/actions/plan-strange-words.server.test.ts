import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planResponseSchema } from '@/lib/contract/actions';
import { AppError } from '@/lib/contract/app-error';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { getCheckpoint } from '../checkpoints/get-checkpoint';
import { planJob } from './plan-job';

let test: TestDeployment;

beforeAll(async () => {
  // As the program that listens on 127.0.0.1 writes it down; without it, changes are shut.
  Object.assign(globalThis, { [Symbol.for('cairn.boundHost')]: '127.0.0.1' });
  test = await startTestDeployment({ scenario: 'strange-words' });
  await test.d.sync.runUntilIdle();
});

afterAll(() => test?.close());

/** What became of a plan for one checkpoint of each job and kind: its state, or the code and words of the refusal. */
async function planAll(): Promise<Map<string, { parent?: string; outcome: string }>> {
  const outcomes = new Map<string, { parent?: string; outcome: string }>();
  const { packages } = await test.control.truth(REGION);
  const oneOfEach = new Map(packages.toReversed().map((one) => [`${one[3]} ${one[2]}`, one]));
  for (const [group, version] of oneOfEach.values()) {
    const parent = await getCheckpoint(test.d, REGION, group, version).then(
      ({ checkpoint }) => checkpoint.job?.jobName,
      () => undefined,
    );
    const outcome = await planJob(test.d, REGION, { action: 'resume', from: { group, version } }).then(
      (plan) => (planResponseSchema.parse(plan).canCreate ? 'possible' : 'not possible'),
      (error: unknown) => (error instanceof AppError ? `${error.code}: ${error.message}` : `bug: ${error}`),
    );
    outcomes.set(`${group}/${version}`, { parent, outcome });
  }
  return outcomes;
}

describe('planning in an account of strange words', () => {
  it('answers every job’s checkpoints with a plan or a reason, and guesses nothing', async () => {
    const outcomes = [...(await planAll()).values()];
    const codes = new Set(outcomes.map(({ outcome }) => outcome.split(':', 1)[0]));
    expect([...codes].sort()).toEqual(['not possible', 'possible', 'unprocessable']);

    const of = (parent: string | undefined) =>
      new Set(outcomes.filter((entry) => entry.parent === parent).map(({ outcome }) => outcome));
    expect([...of('document-missing')].join()).toMatch(/^unprocessable: AWS returned no config document/);
    expect([...of('document-cut-off')].join()).toMatch(/^unprocessable: .*not valid JSON/);
    expect([...of('document-html')].join()).toMatch(/^unprocessable: .*not valid JSON/);
    expect([...of('document-not-an-object')].join()).toMatch(/^unprocessable: .*no ModelPackageConfig/);
    expect([...of(undefined)].join()).toMatch(/^unprocessable: Nobody knows which job made/);
  });
});
