import { mlflowAppArn, mlflowServerArn } from '../world/arns';
import type { MlflowCondition } from '../world/types';
import { AccountBuilder, type JobWish } from './account-builder';
import { buildDocument } from './build-document';
import type { Scenario } from './scenario';
import { DAY, HOUR, MINUTE } from './story';

const REGION = 'us-west-2';
const HYPERPARAMETERS = { global_batch_size: 16, group_size: 4, max_steps: 12, val_every: 4 };
const GROUPS = ['troubles-mpg', 'troubles-checkpoint-mpg'] as const;
const MODEL = 'openai-reasoning-gpt-oss-20b';

const DOORS: readonly [arn: string, condition: MlflowCondition][] = [
  [mlflowAppArn(REGION, 'app-DELETED00001'), 'deleted'],
  [mlflowAppArn(REGION, 'app-DENIED000001'), 'denied'],
  [mlflowServerArn(REGION, 'server-that-is-down'), 'down'],
  [mlflowServerArn(REGION, 'sessions-only'), 'sessions-only'],
];

/** Everything that keeps a reader from a job's metrics, one job for each; and the largest things MLflow may hold. */
export const mlflowTroubles: Scenario = {
  name: 'mlflow-troubles',
  description:
    'A job for each way in which MLflow fails a reader: not named, deleted, denied, down, trashed, ambiguous, huge.',
  quota: { training: 20, evaluation: 10 },
  fill(world, now) {
    const b = new AccountBuilder(world, REGION, now);
    for (const [arn, condition] of DOORS) b.region.mlflowConditions.set(arn, condition);
    const [deleted, denied, down, sessionsOnly] = DOORS.map(([arn]) => arn);
    const common = { project: 'troubles', groups: GROUPS, baseModel: MODEL, hyperparameters: HYPERPARAMETERS };
    let createdAt = now - 10 * DAY;
    const train = (name: string, more: Partial<JobWish> = {}) => {
      createdAt += 3 * HOUR;
      return b.train({ ...common, name, createdAt, ...more });
    };

    train('all-is-well');
    train('no-mlflow', { mlflowArn: null });
    train('app-deleted', { mlflowArn: deleted });
    train('app-denied', { mlflowArn: denied });
    train('server-down', { mlflowArn: down });
    train('sessions-only', { mlflowArn: sessionsOnly });
    train('run-deleted', { overrides: { mlflow: { runDeleted: true } } });
    train('long-metric', { overrides: { mlflow: { longMetric: { name: 'agent/latency_ms', points: 100_000 } } } });
    train('long-traces', {
      overrides: {
        mlflow: {
          longTraces: [
            // About 30,000 spans, and about 10 MB of text in a few hundred.
            { step: 3, turns: 15_000, resultChars: 120, remembers: false },
            { step: 4, turns: 18, resultChars: 55_000, remembers: true },
          ],
        },
      },
    });
    // Two that were started within a minute under one run name. The service says of neither which run is its own.
    for (const name of ['same-name-one', 'same-name-two']) {
      const document = buildDocument({
        region: REGION,
        category: 'AgentRFT',
        baseModel: MODEL,
        project: 'troubles',
        runName: 'same-name',
        hyperparameters: HYPERPARAMETERS,
        outputGroup: GROUPS[0],
        intermediateGroup: GROUPS[1],
      });
      const documentText = JSON.stringify(document);
      train(name, { document, overrides: { documentText, mlflow: { runUntagged: true } } });
      createdAt -= 3 * HOUR - MINUTE;
    }
    createdAt = now - 20 * MINUTE;
    b.train({ ...common, name: 'still-training', createdAt, hyperparameters: { ...HYPERPARAMETERS, max_steps: 200 } });
  },
};
