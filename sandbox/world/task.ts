import { hashKey, unitAt } from '../rng';
import { asObject, asText } from './hyperparameters';
import type { Job, Json, JsonObject } from './types';

/** What the agent has to do, told from where the data lies: the same for training and evaluating on the same folder. */
export interface Task {
  key: number;
  /** Mean reward of a model nobody trained, before the base model's own talent. */
  baseLevel: number;
  /** The level training can reach. */
  ceiling: number;
  /** Whether failing rollouts can still earn part of the reward. */
  partialCredit: boolean;
  turnsMean: number;
  turnsMax: number;
  responseTokens: number;
  promptTokens: number;
}

const tasks = new WeakMap<Job, Task>();

/** The task of a job. */
export function taskOf(job: Job): Task {
  const known = tasks.get(job);
  if (known) return known;
  const key = hashKey('task', taskName(job.document));
  const u = (n: number) => unitAt(key, n, 5);
  const turnsMean = 2.5 + 5 * u(3);
  const task: Task = {
    key,
    baseLevel: 0.08 + 0.22 * u(1),
    ceiling: 0.66 + 0.26 * u(2),
    partialCredit: u(4) < 0.6,
    turnsMean,
    turnsMax: Math.round(turnsMean * 2.2) + 2,
    responseTokens: 140 + 260 * u(5),
    promptTokens: 900 + 1_800 * u(6),
  };
  tasks.set(job, task);
  return task;
}

/** The folder the data lies in: `s3://bucket/support-desk/train.parquet` is the task `bucket/support-desk`. */
export function taskName(document: JsonObject): string {
  const channels = Array.isArray(document.InputDataConfig) ? document.InputDataConfig : [];
  const source = asObject(asObject(channels[0] as Json | undefined)?.DataSource);
  const uri =
    asText(asObject(source?.S3DataSource)?.S3Uri) ?? asText(asObject(source?.DatasetSource)?.DatasetArn) ?? 'none';
  const parts = uri.replace('s3://', '').split('/');
  return parts.slice(0, Math.max(1, Math.min(2, parts.length - 1))).join('/');
}
