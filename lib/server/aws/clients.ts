import 'server-only';
import { BedrockAgentCoreControlClient } from '@aws-sdk/client-bedrock-agentcore-control';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { STSClient } from '@aws-sdk/client-sts';
import type { DeserializeMiddleware, FinalizeRequestMiddleware, MetadataBearer } from '@smithy/types';
import { AppError } from '@/lib/contract/app-error';
import { isLoopbackUrl } from '@/lib/shared/loopback';
import type { Settings } from '../env';
import type { CallLimit } from './call-limit';
import type { CallMeter } from './call-meter';
import { isThrottle, toAppError } from './errors';

/** What the resource files of this folder are called with: the clients of one region, in one retry flavour. */
export interface AwsRegion {
  region: string;
  sagemaker: SageMakerClient;
  logs: CloudWatchLogsClient;
  sts: STSClient;
  cloudtrail: CloudTrailClient;
  agentcore: BedrockAgentCoreControlClient;
  lambda: LambdaClient;
  /** For what must never happen twice: one attempt, whatever comes of it. */
  lambdaOnce: LambdaClient;
  /** Runs one call and turns whatever it throws into an AppError that names the IAM action and the region. */
  call<T>(action: string, send: () => Promise<T>): Promise<T>;
  destroy(): void;
}

/**
 * A person waits: 3 attempts, answered within seconds. Nobody waits: one attempt more, each behind the limit of the whole
 * server, which adapts to throttles. That is not the SDK's adaptive mode: it slows every client down by itself, and was
 * measured to make 26 calls in 22 s where 30 % are throttled, while the other regions learn nothing from it.
 */
export type Flavour = 'interactive' | 'background';

interface Options {
  settings: Settings;
  region: string;
  flavour: Flavour;
  meter: CallMeter;
  /** Background only. */
  limit?: CallLimit;
}

/** 4 s to connect and 20 s for a whole answer: a page of 100 documents of 256 KB is the largest thing asked for. */
const HTTP = { connectionTimeout: 4_000, requestTimeout: 20_000, throwOnRequestTimeout: true } as const;
/** Connections per service: the poller is spaced by the limit, and people rarely wait for more than a few calls. */
const SOCKETS = { keepAlive: true, maxSockets: 16 } as const;

function checkLoopback({ settings, region }: Options) {
  if (!settings.requireLoopback) return;
  for (const [service, url] of Object.entries(settings.endpoints)) {
    if (url && isLoopbackUrl(url)) continue;
    throw new AppError('not_configured', `Under test Cairn talks to this machine only, and ${service} would not.`, {
      hint: `Point AWS_ENDPOINT_URL at a sandbox on 127.0.0.1 (region ${region}).`,
    });
  }
  const missing = (['sagemaker', 'logs', 'sts', 'cloudtrail', 'agentcore', 'lambda'] as const).find(
    (service) => !settings.endpoints[service],
  );
  if (missing) {
    throw new AppError(
      'not_configured',
      `Under test Cairn talks to this machine only, and ${missing} has no endpoint.`,
      {
        hint: 'Point AWS_ENDPOINT_URL at a sandbox on 127.0.0.1.',
      },
    );
  }
}

type Finalize = FinalizeRequestMiddleware<object, MetadataBearer>;
type Deserialize = DeserializeMiddleware<object, MetadataBearer>;

function countAttempts(meter: CallMeter, limit: CallLimit | undefined): Finalize {
  return (next, context) => async (args) => {
    await limit?.take();
    meter.count(String(context.commandName ?? 'unknown').replace(/Command$/, ''));
    try {
      const result = await next(args);
      limit?.report('ok');
      return result;
    } catch (error) {
      if (isThrottle(error)) limit?.report('throttled');
      throw error;
    }
  };
}

function readClock(meter: CallMeter, region: string): Deserialize {
  return (next) => async (args) => {
    const result = await next(args);
    const answer = result.response as { headers?: Record<string, string> } | undefined;
    meter.sawDate(region, answer?.headers?.date);
    return result;
  };
}

/** Clients of one region and flavour, to be made once and shared: connections live in them. */
export function createAwsRegion(options: Options): AwsRegion {
  checkLoopback(options);
  const { settings, region, flavour, meter, limit } = options;
  const common = {
    region,
    retryMode: 'standard',
    maxAttempts: flavour === 'background' ? 4 : 3,
    requestHandler: { ...HTTP, httpAgent: SOCKETS, httpsAgent: SOCKETS },
    // CloudWatch Logs puts a host prefix even before an IP address on some operations.
    disableHostPrefix: true,
  } as const;
  const sts = new STSClient({ ...common, endpoint: settings.endpoints.sts });
  const { credentials } = sts.config;
  const sagemaker = new SageMakerClient({ ...common, credentials, endpoint: settings.endpoints.sagemaker });
  const logs = new CloudWatchLogsClient({ ...common, credentials, endpoint: settings.endpoints.logs });
  const cloudtrail = new CloudTrailClient({ ...common, credentials, endpoint: settings.endpoints.cloudtrail });
  const agentcore = new BedrockAgentCoreControlClient({
    ...common,
    credentials,
    endpoint: settings.endpoints.agentcore,
  });
  const lambda = new LambdaClient({ ...common, credentials, endpoint: settings.endpoints.lambda });
  // The SDK tries again after a timeout, and a slow function would then run, and cost, once for every attempt.
  const lambdaOnce = new LambdaClient({
    ...common,
    maxAttempts: 1,
    credentials,
    endpoint: settings.endpoints.lambda,
  });
  const clients = [sts, sagemaker, logs, cloudtrail, agentcore, lambda, lambdaOnce];

  // The stacks differ in nothing but the operations they are typed for.
  for (const client of clients as unknown as SageMakerClient[]) {
    // After the retry middleware, before signing: every attempt waits its turn and is counted, not every call.
    client.middlewareStack.addRelativeTo(countAttempts(meter, limit), {
      name: 'cairnAttempt',
      relation: 'after',
      toMiddleware: 'retryMiddleware',
      override: true,
    });
    client.middlewareStack.add(readClock(meter, region), {
      step: 'deserialize',
      name: 'cairnClock',
      priority: 'low',
      override: true,
    });
  }

  return {
    region,
    sagemaker,
    logs,
    sts,
    cloudtrail,
    agentcore,
    lambda,
    lambdaOnce,
    async call(action, send) {
      try {
        return await send();
      } catch (error) {
        throw toAppError(error, { action, region });
      }
    },
    destroy() {
      for (const client of clients) client.destroy();
    },
  };
}
