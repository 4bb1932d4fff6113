import { DescribeJobCommand, type JobCategory } from '@aws-sdk/client-sagemaker';
import { type RunningSandbox, startSandbox } from '../start-sandbox';
import { type Clients, clientsFor } from './clients';
import { listIn, type MlflowClient, signedMlflowClient } from './mlflow-client';

export const APP_ARN = 'arn:aws:sagemaker:us-west-2:123456789012:mlflow-app/app-TTAUWUNMUHH6';
export const SERVER_ARN = 'arn:aws:sagemaker:us-west-2:123456789012:mlflow-tracking-server/research-tracking';

export interface Metric {
  key: string;
  value: number | string;
  timestamp: number;
  step: number;
  run_id?: string;
}

export interface MlflowDetails {
  ExperimentId: string;
  ExperimentName: string;
  RunId: string;
  RunName: string;
}

export interface MlflowFixture {
  sandbox: RunningSandbox;
  clients: Clients;
  mlflow: MlflowClient;
  /** What the job's document says of its run. */
  detailsOf(name: string, category?: JobCategory): Promise<MlflowDetails>;
  historyOf(runId: string, key: string): Promise<Metric[]>;
  close(): Promise<void>;
}

/** A frozen account with a whole job, a failed one and its resume, a live one and an evaluation. */
export async function startMlflowFixture(): Promise<MlflowFixture> {
  const sandbox = await startSandbox({ scenario: 'empty', speed: 0, now: '2026-11-22T12:00:00Z', seed: 4 });
  const clients = clientsFor(sandbox.url);
  const mlflow = signedMlflowClient(sandbox.url, APP_ARN);
  // Small batches: every rollout is a trace, and the tests read them all.
  const shared = { groups: { output: 'o', intermediate: 'i' }, hyperparameters: { group_size: 2 } };
  const { seedJob } = sandbox.control;
  await seedJob({ name: 'whole', outcome: 'completed', steps: 40, startedAgo: '20h', ...shared });
  await seedJob({ name: 'broken', outcome: 'failed', steps: 20, failAtStep: 12, startedAgo: '19h', ...shared });
  await seedJob({
    name: 'broken-resume',
    outcome: 'completed',
    startedAgo: '15h',
    from: { job: 'broken', step: 12, kind: 'resume' },
  });
  await seedJob({ name: 'live', outcome: 'running', steps: 40, startedAgo: '1h', ...shared });
  await seedJob({
    name: 'scored',
    category: 'AgentRFTEvaluation',
    outcome: 'completed',
    startedAgo: '3h',
    from: { job: 'whole', step: 40, kind: 'evaluate' },
    hyperparameters: { eval_group_size: '4', pass_k_values: '[1, 2, 4]' },
  });
  return {
    sandbox,
    clients,
    mlflow,
    async detailsOf(name, category = 'AgentRFT') {
      const job = await clients.sagemaker.send(new DescribeJobCommand({ JobName: name, JobCategory: category }));
      const document = JSON.parse(job.JobConfigDocument ?? '{}') as { ServiceOutput: { MlflowDetails: MlflowDetails } };
      return document.ServiceOutput.MlflowDetails;
    },
    async historyOf(runId, key) {
      const query = { run_id: runId, metric_key: key };
      return listIn<Metric>(await mlflow.get('/api/2.0/mlflow/metrics/get-history', query), 'metrics');
    },
    async close() {
      clients.destroy();
      await sandbox.close();
    },
  };
}
