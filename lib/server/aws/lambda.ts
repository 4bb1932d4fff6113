import 'server-only';
import { GetFunctionConfigurationCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import { parseTime } from '@/lib/shared/time';
import type { AwsRegion } from './clients';

/**
 * A Lambda function as the diagnosis and the pre-flight need it. GetFunctionConfiguration rather than GetFunction: it does
 * not even hand out the presigned address of the code.
 */
export interface FunctionFacts {
  name: string;
  arn: string;
  version?: string;
  runtime?: string;
  /** Pending, Active, Inactive, Failed. */
  state?: string;
  stateReason?: string;
  /** Successful, Failed, InProgress. */
  lastUpdateStatus?: string;
  lastUpdateReason?: string;
  lastModified?: Date;
  timeoutSeconds?: number;
  memoryMb?: number;
  logGroup?: string;
  /** Their values may be secrets and never leave this function. */
  environmentNames: string[];
}

/** A function by name or ARN, with its alias or version where the ARN carries one. */
export async function getFunction(aws: AwsRegion, nameOrArn: string): Promise<FunctionFacts> {
  const answer = await aws.call('lambda:GetFunctionConfiguration', () =>
    aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: nameOrArn })),
  );
  const modifiedMs = parseTime(answer.LastModified?.replace(/\+0000$/, 'Z'));
  return {
    name: answer.FunctionName ?? nameOrArn,
    arn: answer.FunctionArn ?? nameOrArn,
    version: answer.Version,
    runtime: answer.Runtime,
    state: answer.State,
    stateReason: answer.StateReason,
    lastUpdateStatus: answer.LastUpdateStatus,
    lastUpdateReason: answer.LastUpdateStatusReason,
    lastModified: modifiedMs === undefined ? undefined : new Date(modifiedMs),
    timeoutSeconds: answer.Timeout,
    memoryMb: answer.MemorySize,
    logGroup: answer.LoggingConfig?.LogGroup,
    environmentNames: Object.keys(answer.Environment?.Variables ?? {}).sort(),
  };
}

export interface InvokeAnswer {
  /** Handled or Unhandled when the function itself failed. */
  functionError?: string;
  /** What it answered, at most 4,000 characters. */
  payload: string;
  /** The last 4 kB of its log. */
  logTail: string;
}

const MAX_PAYLOAD_CHARS = 4_000;

/** Runs a function once and waits for its answer. It costs what a rollout of it costs: only when a person asked for it. Never tried again. */
export async function invokeFunction(aws: AwsRegion, nameOrArn: string, payload: unknown): Promise<InvokeAnswer> {
  const answer = await aws.call('lambda:InvokeFunction', () =>
    aws.lambdaOnce.send(
      new InvokeCommand({
        FunctionName: nameOrArn,
        InvocationType: 'RequestResponse',
        LogType: 'Tail',
        Payload: new TextEncoder().encode(JSON.stringify(payload)),
      }),
    ),
  );
  return {
    functionError: answer.FunctionError,
    payload: new TextDecoder().decode(answer.Payload ?? new Uint8Array()).slice(0, MAX_PAYLOAD_CHARS),
    logTail: Buffer.from(answer.LogResult ?? '', 'base64').toString('utf8'),
  };
}
