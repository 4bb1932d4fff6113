import { ERROR_CODES, type ErrorCode } from './error-codes';

export interface AppErrorOptions {
  /** What the reader can do about it, one sentence. */
  hint?: string;
  /** The request field or setting at fault, as the caller named it. */
  field?: string;
  cause?: unknown;
}

const BRAND = Symbol.for('cairn.AppError');

/**
 * An error Cairn understands: a code from the table, one sentence of what happened and why, and one of what to do.
 * Thrown anywhere; turned into a response by the API wrapper alone. Message and hint reach the browser, the cause never.
 */
export class AppError extends Error {
  readonly [BRAND] = true;
  readonly code: ErrorCode;
  readonly hint?: string;
  readonly field?: string;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    if (options.hint) this.hint = options.hint;
    if (options.field) this.field = options.field;
  }

  /**
   * `instanceof` goes by a brand and not by the class: a server bundles routes apart from what starts with it, so that
   * there are several copies of this class in one process and an error of one is caught by the code of another.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  /** The HTTP status this error is answered with. */
  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}
