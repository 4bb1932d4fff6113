import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { ErrorCode } from '@/lib/contract/error-codes';

/**
 * The one place that reads AWS exceptions. It goes by name, class and HTTP status, never by the wording of a message.
 * Names: the API models, the SDK's own lists of throttling and transient errors (SDK source), and the common AWS set.
 */

export interface AwsCall {
  /** The IAM action of the call, which is also its name: `sagemaker:ListJobs`. */
  action: string;
  region: string;
}

const NAMES: Record<string, ErrorCode> = {
  ExpiredTokenException: 'credentials_expired',
  ExpiredToken: 'credentials_expired',
  RequestExpired: 'credentials_expired',
  TokenRefreshRequired: 'credentials_expired',
  TokenProviderError: 'credentials_expired',
  CredentialsProviderError: 'credentials_missing',
  ProviderError: 'credentials_missing',
  UnrecognizedClientException: 'credentials_missing',
  InvalidClientTokenId: 'credentials_missing',
  InvalidSignatureException: 'credentials_missing',
  SignatureDoesNotMatch: 'credentials_missing',
  IncompleteSignature: 'credentials_missing',
  MissingAuthenticationToken: 'credentials_missing',
  MissingAuthenticationTokenException: 'credentials_missing',
  AccessDeniedException: 'access_denied',
  UnauthorizedException: 'access_denied',
  AccessDenied: 'access_denied',
  UnauthorizedOperation: 'access_denied',
  NotAuthorized: 'access_denied',
  OptInRequired: 'access_denied',
  UnknownOperationException: 'region_unsupported',
  UnsupportedOperation: 'region_unsupported',
  InvalidAction: 'region_unsupported',
  ResourceNotFound: 'not_found',
  ResourceNotFoundException: 'not_found',
  EventDataStoreNotFoundException: 'not_found',
  QueryIdNotFoundException: 'not_found',
  MaxConcurrentQueriesException: 'throttled',
  ResourceInUse: 'conflict',
  ConflictException: 'conflict',
  ResourceLimitExceeded: 'quota_exceeded',
  ServiceQuotaExceededException: 'quota_exceeded',
  ValidationException: 'unprocessable',
  ValidationError: 'unprocessable',
  InvalidParameterException: 'unprocessable',
  InvalidParameterValue: 'unprocessable',
  InvalidParameterValueException: 'unprocessable',
  InvalidRequestContentException: 'unprocessable',
  InvalidNextTokenException: 'unprocessable',
  InvalidTimeRangeException: 'unprocessable',
  InvalidLookupAttributesException: 'unprocessable',
  SerializationException: 'unprocessable',
  InternalFailure: 'aws_failed',
  InternalServerError: 'aws_failed',
  InternalServerException: 'aws_failed',
  ServiceUnavailable: 'aws_failed',
  ServiceUnavailableException: 'aws_failed',
  TimeoutError: 'aws_unreachable',
  AbortError: 'aws_unreachable',
};

const THROTTLES = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

interface Facts {
  name: string;
  /** Node's code of a network failure. */
  code?: string;
  status?: number;
  message: string;
  fromAws: boolean;
}

function factsOf(error: unknown): Facts {
  if (typeof error !== 'object' || error === null) return { name: '', message: String(error), fromAws: false };
  const e = error as { name?: unknown; code?: unknown; message?: unknown; $metadata?: { httpStatusCode?: unknown } };
  const status = e.$metadata?.httpStatusCode;
  return {
    name: typeof e.name === 'string' ? e.name : '',
    code: typeof e.code === 'string' ? e.code : undefined,
    status: typeof status === 'number' ? status : undefined,
    message: typeof e.message === 'string' ? e.message : '',
    fromAws: e.$metadata !== undefined,
  };
}

/** Whether AWS asked to slow down (SDK source: its list of throttling errors, and HTTP 429). */
export function isThrottle(error: unknown): boolean {
  const { name, status } = factsOf(error);
  return THROTTLES.has(name) || status === 429;
}

function codeOf({ name, code, status, fromAws }: Facts): ErrorCode {
  if (THROTTLES.has(name)) return 'throttled';
  const named = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  if (named) return named;
  if (code && NETWORK.has(code)) return 'aws_unreachable';
  if (status === 429) return 'throttled';
  if (status === 401) return 'credentials_missing';
  if (status === 403) return 'access_denied';
  if (status !== undefined && status >= 400 && status < 500) return 'unprocessable';
  // Left: server faults, answers that are no JSON (the SDK raises SyntaxError for them), names never met before.
  return fromAws ? 'aws_failed' : 'internal';
}

/** AWS's own sentence where it helps the reader; never for signatures and tokens, whose messages quote the request. */
function said(facts: Facts): string {
  const text = facts.message.replace(/\s+/g, ' ').trim().slice(0, 500);
  return text && text !== 'UnknownError' ? ` AWS said: ${text}` : '';
}

/**
 * Any failure of an AWS call as an AppError: what happened, and which IAM action, region or setting mends it.
 * An AppError passes unchanged.
 */
export function toAppError(error: unknown, { action, region }: AwsCall): AppError {
  if (error instanceof AppError) return error;
  const facts = factsOf(error);
  const code = codeOf(facts);
  const [message, hint] = explain(code, facts, action, region);
  return new AppError(code, message, { hint, cause: error });
}

function explain(code: ErrorCode, facts: Facts, action: string, region: string): [string, string | undefined] {
  const where = `${action} in ${region}`;
  switch (code) {
    case 'credentials_expired':
      return [
        `The AWS credentials of the server have expired (${where}).`,
        'Renew them (aws sso login, or new temporary keys) and, if they came as variables, restart Cairn.',
      ];
    case 'credentials_missing':
      return facts.fromAws
        ? [
            `AWS does not accept the server's credentials (${facts.name}, ${where}).`,
            'Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or the profile in AWS_PROFILE.',
          ]
        : [
            'The server found no AWS credentials it could use.',
            'Set AWS_PROFILE (after aws sso login), or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role.',
          ];
    case 'access_denied':
      return [
        `AWS refused ${where}.${said(facts)}`,
        `The server's role needs ${action} in ${region}. If it has it, the account may not be enabled for these jobs.`,
      ];
    case 'region_unsupported':
      return [
        `${region} does not know ${action}: multi-turn RL jobs are not offered there.`,
        'Name a region that offers them in CAIRN_REGIONS, for example us-west-2.',
      ];
    case 'throttled':
      return [
        `AWS asks to slow down (${where}).`,
        'It passes by itself. CAIRN_SYNC_CALLS_PER_SECOND lowers the load of the background sync.',
      ];
    case 'not_found':
      return [`AWS does not have it (${where}).${said(facts)}`, undefined];
    case 'conflict':
      return [`AWS cannot do that to it now (${where}).${said(facts)}`, 'Wait until its status has changed.'];
    case 'quota_exceeded':
      return [
        `A quota of the account is used up (${where}).${said(facts)}`,
        'Wait for a running job to end, or ask for a higher quota in Service Quotas.',
      ];
    case 'unprocessable':
      return [`AWS did not accept the request (${where}).${said(facts)}`, undefined];
    case 'aws_unreachable':
      return [
        `AWS did not answer (${where}, ${facts.code ?? facts.name}).`,
        'Check the network, the proxy, the region name and AWS_ENDPOINT_URL.',
      ];
    case 'internal':
      return [`Something failed inside Cairn while asking AWS (${where}).`, 'The server log has the details.'];
    default:
      return [`AWS failed to answer properly (${where}, ${facts.name || facts.status}).${said(facts)}`, undefined];
  }
}
