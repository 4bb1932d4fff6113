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

/** What any SDK client needs to be aimed at a sandbox. Throws on any endpoint that is not this machine. */
export function sandboxConfig(endpoint: string, options: ClientOptions = {}) {
  assertLoopback(endpoint);
  return {
    endpoint,
    region: options.region ?? REGION,
    credentials: { accessKeyId: options.accessKeyId ?? 'AKIDEXAMPLE', secretAccessKey: 'example' },
    maxAttempts: options.maxAttempts ?? 1,
  };
}

/**
 * The real SDK clients, aimed at a sandbox. Throws on any endpoint that is not this machine: nothing that creates or
 * deletes may ever leave it.
 */
export function clientsFor(endpoint: string, options: ClientOptions = {}): Clients {
  return guarded(sandboxConfig(endpoint, options), (_, hostname) => {
    if (hostname !== '127.0.0.1') throw new Error(`contract tests only talk to 127.0.0.1, not to ${hostname}`);
  });
}

/** Throws unless the endpoint is an explicit loopback address. */
export function assertLoopback(endpoint: string): void {
  const { protocol, hostname } = new URL(endpoint);
  if (protocol !== 'http:' || hostname !== '127.0.0.1') {
    throw new Error(`contract tests only talk to http://127.0.0.1, not to ${protocol}//${hostname}`);
  }
}

/**
 * Clients of the account the environment's credentials belong to, for the checks that may run there. Whatever does not
 * merely read is refused before it is sent.
 */
export function realClients(region: string): Clients {
  return guarded({ region }, (commandName) => {
    if (!READING.test(commandName)) throw new Error(`${commandName} does not merely read, so it is not sent to AWS`);
  });
}

const READING = /^(List|Describe|BatchDescribe|Get|Filter)[A-Z]/;

function guarded(config: object, check: (commandName: string, hostname: string) => void): Clients {
  const sagemaker = new SageMakerClient(config);
  const logs = new CloudWatchLogsClient(config);
  const sts = new STSClient(config);
  const guard =
    <T extends { request: unknown }, R>(next: (args: T) => Promise<R>, context: { commandName?: string }) =>
    (args: T): Promise<R> => {
      check(context.commandName ?? '', (args.request as { hostname?: string }).hostname ?? '');
      return next(args);
    };
  // Last before the request leaves: whatever an option or a variable of the environment made of the endpoint.
  for (const { middlewareStack } of [sagemaker, logs, sts]) {
    (middlewareStack as { add(middleware: unknown, options: object): void }).add(guard, {
      step: 'finalizeRequest',
      priority: 'low',
      name: 'guardEndpoint',
    });
  }
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
