// The client of the control plane for tests and tools. Plain fetch; imports types only, so it is safe to use anywhere.

import type { FaultRule } from './faults';
import type { FailureStory, MlflowCondition } from './world/types';

export type { FaultRule } from './faults';

export interface SandboxState {
  scenario: string;
  seed: number;
  speed: number;
  now: string;
  quota: { training: number; evaluation: number };
  regions: Record<string, { jobs: number; groups: number; packages: number }>;
}

export interface ResetRequest {
  scenario?: string;
  seed?: number;
  speed?: number;
  /** ISO text or epoch milliseconds. */
  now?: string | number;
  quota?: { training?: number; evaluation?: number };
}

export interface SeedJobRequest {
  name: string;
  category?: 'AgentRFT' | 'AgentRFTEvaluation';
  region?: string;
  outcome: 'completed' | 'failed' | 'stopped' | 'max-runtime' | 'running';
  /** `3h`, `90m`; default `0s`. */
  startedAgo?: string | number;
  steps?: number;
  /** For `failed` and `stopped`: the last step that ended. Default: two thirds of the steps. */
  failAtStep?: number;
  failureReason?: string;
  /** Chooses what the log says around the failure. */
  failureStory?: FailureStory;
  from?: { job: string; step: number; kind: 'resume' | 'iterate' | 'evaluate' };
  groups?: { output: string; intermediate: string };
  baseModel?: string;
  hyperparameters?: Record<string, unknown>;
  tags?: Record<string, string>;
  quirks?: {
    progressForm?: 'epoch' | 'step';
    checkpointFields?: 'string' | 'object' | 'absent';
    packageEvidence?: 'path' | 'metadata' | 'tags' | 'none';
    promotes?: boolean;
  };
}

/** A log stream beyond those of jobs and agents; in the group of a job's category and under its name it is of that job's log. */
export interface SeedLogRequest {
  region?: string;
  group: string;
  stream: string;
  /** Default 100; they are made when they are read. */
  lines?: number;
  /** When its first line was written; default `1h`. */
  startedAgo?: string | number;
  /** Over how long the lines are spread; default: until now. */
  span?: string | number;
  /** `plain` text, `service` records in JSON, `hostile` lines meant to break who shows them. */
  kind?: 'plain' | 'hostile' | 'service';
}

export interface CallReport {
  total: number;
  byOperation: Record<string, number>;
}

/** `[group, version, kind, job, category, step]`; job, category and step are null for a package no job made. */
export type TruthPackage = [
  group: string,
  version: number,
  kind: 'resumable' | 'model' | 'stray',
  job: string | null,
  category: string | null,
  step: number | null,
];

export interface TruthJob {
  name: string;
  category: 'AgentRFT' | 'AgentRFTEvaluation';
  status: string;
  secondaryStatus: string;
  creationTime: string;
  endTime?: string;
  transitions: number;
  parent: { kind: 'resume' | 'iterate' | 'evaluate'; job: string | null; step: number } | null;
  tokens: { prefill: number; sample: number; train: number };
}

export interface Truth {
  region: string;
  now: string;
  jobs: TruthJob[];
  packages: TruthPackage[];
}

export interface ControlClient {
  state(): Promise<SandboxState>;
  reset(request?: ResetRequest): Promise<SandboxState>;
  /** `5m`, `2h` or milliseconds. Answers the new state. */
  advance(by: string | number): Promise<SandboxState>;
  setSpeed(speed: number): Promise<SandboxState>;
  /** Replaces all fault rules; an empty list ends them. */
  setFaults(rules: readonly FaultRule[]): Promise<void>;
  calls(): Promise<CallReport>;
  resetCalls(): Promise<void>;
  /** Adds a job past the rules and the quota. Answers its ARN. */
  seedJob(request: SeedJobRequest): Promise<{ jobArn: string }>;
  /** Opens or shuts the door of an MLflow app or tracking server. */
  setMlflow(arn: string, condition: MlflowCondition): Promise<void>;
  /** Adds a log stream. */
  seedLog(request: SeedLogRequest): Promise<{ group: string; stream: string }>;
  setQuota(quota: { training?: number; evaluation?: number }): Promise<SandboxState>;
  truth(region?: string): Promise<Truth>;
}

/** Talks to the sandbox at `url`. Every method rejects with an Error that carries the sandbox's own message. */
export function createControlClient(url: string): ControlClient {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url}/_sandbox/${path}`, {
      method,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`sandbox ${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  return {
    state: () => call('GET', 'state'),
    reset: (request = {}) => call('POST', 'reset', request),
    advance: (by) => call('POST', 'advance', { by }),
    setSpeed: (speed) => call('POST', 'speed', { speed }),
    setFaults: async (rules) => {
      await call('POST', 'faults', { rules });
    },
    calls: () => call('GET', 'calls'),
    resetCalls: async () => {
      await call('POST', 'calls/reset');
    },
    seedJob: (request) => call('POST', 'jobs', request),
    setMlflow: async (arn, condition) => {
      await call('POST', 'mlflow', { arn, condition });
    },
    seedLog: (request) => call('POST', 'logs', request),
    setQuota: (quota) => call('POST', 'quota', quota),
    truth: (region = 'us-west-2') => call('GET', `truth?region=${encodeURIComponent(region)}`),
  };
}
