/**
 * Every error code the API can answer with, and its HTTP status. The one table: server, browser and tests read it.
 * `retryable` says whether asking again unchanged can help; queries in the browser retry only those.
 */
export const ERROR_CODES = {
  bad_request: { status: 400, retryable: false },
  credentials_missing: { status: 401, retryable: false },
  credentials_expired: { status: 401, retryable: false },
  access_denied: { status: 403, retryable: false },
  read_only: { status: 403, retryable: false },
  cross_origin: { status: 403, retryable: false },
  not_found: { status: 404, retryable: false },
  method_not_allowed: { status: 405, retryable: false },
  conflict: { status: 409, retryable: false },
  plan_stale: { status: 409, retryable: false },
  too_large: { status: 413, retryable: false },
  unprocessable: { status: 422, retryable: false },
  host_not_allowed: { status: 421, retryable: false },
  quota_exceeded: { status: 429, retryable: false },
  throttled: { status: 429, retryable: true },
  internal: { status: 500, retryable: false },
  aws_failed: { status: 502, retryable: true },
  region_unsupported: { status: 501, retryable: false },
  not_configured: { status: 503, retryable: false },
  catalog_unavailable: { status: 503, retryable: true },
  aws_unreachable: { status: 504, retryable: true },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

export const ERROR_CODE_NAMES = Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]];
