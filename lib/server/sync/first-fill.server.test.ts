import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareWithTruth } from '@/tests/compare-with-truth';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';

const STRANGERS = ['parent-never-existed', 'parent-of-another-account'];

describe.each(['team-month', 'strange-words'])('first fill of %s', (scenario) => {
  let test: TestDeployment;
  beforeAll(async () => {
    test = await startTestDeployment({ scenario });
    await test.d.sync.runUntilIdle();
  });
  afterAll(() => test.close());

  it('holds what the account holds', async () => {
    expect(test.d.sync.status(REGION)).toMatchObject({ phase: 'live', errors: [] });
    expect(await compareWithTruth(test.d, await test.control.truth(REGION), STRANGERS)).toEqual([]);
  });
});
