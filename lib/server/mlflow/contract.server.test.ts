import { afterAll, beforeAll } from 'vitest';
import { mlflowContract } from '@/tests/mlflow-contract';
import { type SandboxFixture, startSandboxFixture } from '@/tests/mlflow-fixture';

/** A whole account is read first; on a busy machine that takes its time. */
const SLOW_MS = 240_000;

let fixture: SandboxFixture;
beforeAll(async () => {
  fixture = await startSandboxFixture();
}, SLOW_MS);
afterAll(() => fixture?.test.close());

mlflowContract('the sandbox', () => fixture);
