import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { STSClient } from '@aws-sdk/client-sts';

export interface Clients {
  sagemaker: SageMakerClient;
  logs: CloudWatchLogsClient;
  sts: STSClient;
  destroy(): void;
}

export interface ClientOptions {
  region?: string;
  accessKeyId?: string;
  maxAttempts?: number;
}

export const REGION = 'us-west-2';

/**
 * The real SDK clients, aimed at a sandbox. Throws on any endpoint that is not this machine: nothing that creates or
 * deletes may ever leave it.
 */
export function clientsFor(endpoint: string, options: ClientOptions = {}): Clients {
  assertLoopback(endpoint);
  const config = {
    endpoint,
    region: options.region ?? REGION,
    credentials: { accessKeyId: options.accessKeyId ?? 'AKIDEXAMPLE', secretAccessKey: 'example' },
    maxAttempts: options.maxAttempts ?? 1,
  };
  return bundle(config);
}

/** Throws unless the endpoint is an explicit loopback address. */
export function assertLoopback(endpoint: string): void {
  const { protocol, hostname } = new URL(endpoint);
  if (protocol !== 'http:' || hostname !== '127.0.0.1') {
    throw new Error(`contract tests only talk to http://127.0.0.1, not to ${protocol}//${hostname}`);
  }
}

/** Clients of the account the environment's credentials belong to, for the read-only checks that ask for it by name. */
export function realClients(region: string): Clients {
  return bundle({ region });
}

function bundle(config: object): Clients {
  const sagemaker = new SageMakerClient(config);
  const logs = new CloudWatchLogsClient(config);
  const sts = new STSClient(config);
  return {
    sagemaker,
    logs,
    sts,
    destroy() {
      sagemaker.destroy();
      logs.destroy();
      sts.destroy();
    },
  };
}
