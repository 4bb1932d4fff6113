import 'server-only';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '@/lib/contract/app-error';
import { regionSchema } from '@/lib/contract/names';
import { isLoopbackUrl } from '@/lib/shared/loopback';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

/** How MLflow is reached. */
export interface MlflowSettings {
  /** Where signed requests go instead of the addresses of AWS's MLflow. */
  endpoint?: string;
  /** A server of one's own, asked instead of the resources that jobs name. */
  own?: { uri: string; username?: string; password?: string; token?: string };
}

/** An event data store by its ARN; its id is its table in SQL (AWS docs). */
export interface EventDataStore {
  arn: string;
  region: string;
  id: string;
}

/** Everything the environment says, checked. Nobody else reads `process.env`. */
export interface Settings {
  /** Regions this deployment watches, in the order they were given; never empty. */
  regions: string[];
  host: string;
  port: number;
  /** Absolute folder of the catalog. */
  dataDir: string;
  databaseUrl?: string;
  /** Every action is shut (`CAIRN_READ_ONLY=1`). */
  readOnly: boolean;
  /** Passed to the clients explicitly: some SDK releases did not read the variables themselves. */
  endpoints: {
    sagemaker?: string;
    logs?: string;
    sts?: string;
    cloudtrail?: string;
    agentcore?: string;
    lambda?: string;
  };
  mlflow: MlflowSettings;
  /** `sandbox` when SageMaker is asked for on this very machine. */
  mode: 'sandbox' | 'aws';
  /** Hosts whose health a person may have asked (`CAIRN_HEALTH_HOSTS`); none by default. */
  healthHosts: string[];
  /** CloudWatch Logs group of a trail that records the agents' calls (data events); in every watched region the same name. */
  trailLogGroup?: string;
  /** Instead of such a group: the CloudTrail Lake event data store that records the agents' calls, of all watched regions. */
  trailLake?: EventDataStore;
  /** Log groups that people may name as a source, `*` at the end for any ending (`CAIRN_LOG_GROUPS`); none by default. */
  logGroups: string[];
  /** Most of one finished job's log that is kept, in MB compressed; 0 keeps none. */
  keptLogMb: number;
  /** Upper limit of background calls per second, all regions together. */
  syncCallsPerSecond: number;
  /** The same for MLflow, which is another server and often a small one. */
  mlflowCallsPerSecond: number;
  logLevel: (typeof LOG_LEVELS)[number];
  /** Under test no client may be made that could reach anything but this machine. */
  requireLoopback: boolean;
}

type Env = Record<string, string | undefined>;

/** An unset and an empty variable mean the same. */
const given = (value: string | undefined) => (value?.trim() ? value.trim() : undefined);

const optional = <T extends z.ZodType>(schema: T) => z.preprocess((v) => given(v as string | undefined), schema);

const endpoint = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address such as http://127.0.0.1:4600' })
  .optional();

const regionList = z
  .string()
  .transform((text) => [...new Set(text.split(',').map((region) => region.trim()))].filter(Boolean))
  .pipe(z.array(regionSchema).min(1, { error: 'names no region' }))
  .optional();

/** Names of log groups (CloudWatch Logs API model), each perhaps with a star at its end. */
const groupList = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((group) => group.trim())
      .filter(Boolean),
  )
  .pipe(
    z.array(
      z.string().regex(/^[.\-_/#A-Za-z0-9]{1,512}\*?$/, {
        error: 'must list names of log groups such as /aws/eks/agents/app or /ecs/agent-*',
      }),
    ),
  );

const STORE_ARN =
  /^arn:aws[a-z-]*:cloudtrail:([a-z0-9-]+):\d{12}:eventdatastore\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

const eventDataStore = z
  .string()
  .regex(STORE_ARN, {
    error:
      'must be the ARN of an event data store such as arn:aws:cloudtrail:us-west-2:123456789012:eventdatastore/0a1b2c3d-0000-4000-8000-000000000001',
  })
  .transform((arn): EventDataStore => {
    const [, region = '', id = ''] = STORE_ARN.exec(arn) ?? [];
    return { arn, region, id };
  })
  .optional();

const flag = z
  .enum(['0', '1', 'true', 'false'], { error: 'must be 1 or 0' })
  .default('0')
  .transform((value) => value === '1' || value === 'true');

const schema = z.object({
  CAIRN_REGIONS: optional(regionList),
  AWS_REGION: optional(regionSchema.optional()),
  AWS_DEFAULT_REGION: optional(regionSchema.optional()),
  HOST: optional(z.string().max(255).default('127.0.0.1')),
  PORT: optional(z.coerce.number({ error: 'must be a number' }).int().min(0).max(65535).default(3000)),
  CAIRN_DATA_DIR: optional(z.string().default('.cairn/data')),
  DATABASE_URL: optional(
    z.url({ protocol: /^postgres(ql)?$/, error: 'must start with postgres:// or postgresql://' }).optional(),
  ),
  CAIRN_READ_ONLY: optional(flag),
  CAIRN_HEALTH_HOSTS: optional(z.string().default('')),
  // Names of log groups: AWS API model.
  CAIRN_TRAIL_LOG_GROUP: optional(
    z
      .string()
      .max(512)
      .regex(/^[\w./#-]+$/, { error: 'must be the name of a log group such as /aws/cloudtrail/rollout-calls' })
      .optional(),
  ),
  CAIRN_TRAIL_LAKE: optional(eventDataStore),
  CAIRN_LOG_GROUPS: optional(groupList),
  CAIRN_KEPT_LOG_MB: optional(z.coerce.number({ error: 'must be a number' }).min(0).max(1000).default(16)),
  CAIRN_REQUIRE_LOOPBACK: optional(flag),
  CAIRN_SYNC_CALLS_PER_SECOND: optional(z.coerce.number({ error: 'must be a number' }).min(0.1).max(1000).default(2)),
  CAIRN_MLFLOW_CALLS_PER_SECOND: optional(z.coerce.number({ error: 'must be a number' }).min(0.1).max(1000).default(5)),
  CAIRN_LOG_LEVEL: optional(z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info')),
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: optional(flag),
  AWS_ENDPOINT_URL: optional(endpoint),
  AWS_ENDPOINT_URL_SAGEMAKER: optional(endpoint),
  AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: optional(endpoint),
  AWS_ENDPOINT_URL_STS: optional(endpoint),
  AWS_ENDPOINT_URL_CLOUDTRAIL: optional(endpoint),
  AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL: optional(endpoint),
  AWS_ENDPOINT_URL_LAMBDA: optional(endpoint),
  SAGEMAKER_MLFLOW_CUSTOM_ENDPOINT: optional(endpoint),
  MLFLOW_TRACKING_URI: optional(
    z
      .url({ protocol: /^https?$/, error: 'must be an http or https address such as https://mlflow.example.com' })
      .optional(),
  ),
  MLFLOW_TRACKING_USERNAME: optional(z.string().max(1024).optional()),
  MLFLOW_TRACKING_PASSWORD: optional(z.string().max(4096).optional()),
  MLFLOW_TRACKING_TOKEN: optional(z.string().max(16_384).optional()),
});

/**
 * CAIRN_ALLOWED_HOSTS: host names, without port, that the server answers to besides those of this machine. Read apart
 * from the other settings, so that a wrong one of those still finds a safe answer.
 */
export function readAllowedHosts(env: Env = process.env): string[] {
  return (env.CAIRN_ALLOWED_HOSTS ?? '')
    .split(',')
    .map((host) => host.trim())
    .filter(Boolean);
}

function refuse(problems: string[]): never {
  throw new AppError('not_configured', `Cairn cannot start with these settings: ${problems.join('; ')}.`, {
    hint: 'Set or mend the environment variables named here and start again. The README lists them all.',
  });
}

/**
 * Reads and checks the environment once. Throws AppError `not_configured` with one sentence that lists every setting
 * that is wrong and how to mend it. Values of settings are not repeated in it: DATABASE_URL may carry a password.
 */
export function readSettings(env: Env = process.env): Settings {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    refuse(parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`));
  }
  const set = parsed.data;
  const fallback = set.AWS_REGION ?? set.AWS_DEFAULT_REGION;
  const regions = set.CAIRN_REGIONS ?? (fallback ? [fallback] : []);
  if (regions.length === 0) {
    refuse(['no region is set. Name the regions to watch in CAIRN_REGIONS (us-west-2,us-east-1) or set AWS_REGION']);
  }
  if (set.CAIRN_TRAIL_LOG_GROUP && set.CAIRN_TRAIL_LAKE) {
    refuse([
      'CAIRN_TRAIL_LOG_GROUP and CAIRN_TRAIL_LAKE are both set, and the agents’ calls are read from one. Unset either',
    ]);
  }
  const common = set.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ? undefined : set.AWS_ENDPOINT_URL;
  const pick = (own: string | undefined) => (set.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ? undefined : (own ?? common));
  const endpoints = {
    sagemaker: pick(set.AWS_ENDPOINT_URL_SAGEMAKER),
    logs: pick(set.AWS_ENDPOINT_URL_CLOUDWATCH_LOGS),
    sts: pick(set.AWS_ENDPOINT_URL_STS),
    cloudtrail: pick(set.AWS_ENDPOINT_URL_CLOUDTRAIL),
    agentcore: pick(set.AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL),
    lambda: pick(set.AWS_ENDPOINT_URL_LAMBDA),
  };
  return {
    regions,
    host: set.HOST,
    port: set.PORT,
    dataDir: path.resolve(/* turbopackIgnore: true */ set.CAIRN_DATA_DIR),
    databaseUrl: set.DATABASE_URL,
    readOnly: set.CAIRN_READ_ONLY,
    endpoints,
    mlflow: {
      // The open-source plugin's own variable; an emulator of all of AWS is one of MLflow as well.
      endpoint: set.SAGEMAKER_MLFLOW_CUSTOM_ENDPOINT ?? common,
      own:
        set.MLFLOW_TRACKING_URI === undefined
          ? undefined
          : {
              uri: set.MLFLOW_TRACKING_URI.replace(/\/+$/, ''),
              username: set.MLFLOW_TRACKING_USERNAME,
              password: set.MLFLOW_TRACKING_PASSWORD,
              token: set.MLFLOW_TRACKING_TOKEN,
            },
    },
    mode: endpoints.sagemaker && isLoopbackUrl(endpoints.sagemaker) ? 'sandbox' : 'aws',
    healthHosts: set.CAIRN_HEALTH_HOSTS.split(',')
      .map((host) => host.trim().toLowerCase())
      .filter(Boolean),
    trailLogGroup: set.CAIRN_TRAIL_LOG_GROUP,
    trailLake: set.CAIRN_TRAIL_LAKE,
    logGroups: set.CAIRN_LOG_GROUPS,
    keptLogMb: set.CAIRN_KEPT_LOG_MB,
    syncCallsPerSecond: set.CAIRN_SYNC_CALLS_PER_SECOND,
    mlflowCallsPerSecond: set.CAIRN_MLFLOW_CALLS_PER_SECOND,
    logLevel: set.CAIRN_LOG_LEVEL,
    requireLoopback: set.CAIRN_REQUIRE_LOOPBACK || given(env.VITEST) !== undefined,
  };
}
