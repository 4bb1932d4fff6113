import type { Signer } from '../protocol/credential-scope';
import type { WireReply, WireRequest } from '../protocol/http';
import type { Sandbox } from '../sandbox';
import type { RegionWorld } from '../world/world';

/** One call of an operation. `now` is read once, so that an answer is of one moment. */
export interface OperationCall {
  sandbox: Sandbox;
  region: RegionWorld;
  now: number;
  signer: Signer;
  /** Host and port the client reached the sandbox at, for answers that carry a URL. */
  host: string;
  input: Readonly<Record<string, unknown>>;
}

/** Answers one operation of an awsJson service; throws AwsError for what AWS would refuse. */
export type Operation = (call: OperationCall) => unknown;

/** An awsJson1.1 service: chosen by what stands before the last dot of `x-amz-target`. */
export interface JsonService {
  kind: 'json';
  /** The name in call counts, faults and access-denied messages' action prefix. */
  name: string;
  actionPrefix: string;
  ownsTarget(target: string): boolean;
  /** What an access-denied message names as the resource; `*` when absent. */
  resourceOf?(region: string, input: Readonly<Record<string, unknown>>): string;
  operations: Readonly<Record<string, Operation>>;
}

/** A service with its own paths or protocol. */
export interface HttpService {
  kind: 'http';
  name: string;
  /** The names of everything it answers, as in call counts, faults and COVERAGE.md. */
  operations: readonly string[];
  /** The operation a request is for, or undefined when the request is not this service's. */
  operationOf(request: WireRequest): string | undefined;
  /** Answers; AwsError thrown here is handed to `toErrorReply`. */
  handle(request: WireRequest, operation: string, sandbox: Sandbox): WireReply | Promise<WireReply>;
  toErrorReply(error: Error): WireReply;
}

export type Service = JsonService | HttpService;
