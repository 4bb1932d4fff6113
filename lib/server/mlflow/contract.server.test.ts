import { afterAll, beforeAll } from 'vitest';
import { mlflowContract } from '@/tests/mlflow-contract';
import { type SandboxFixture, startSandboxFixture } from '@/tests/mlflow-fixture';

let fixture: SandboxFixture;
beforeAll(async () => {
  fixture = await startSandboxFixture();
});
afterAll(() => fixture?.test.close());

mlflowContract('the sandbox', () => fixture);
