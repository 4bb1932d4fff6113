import 'server-only';
import type { AppError } from '@/lib/contract/app-error';
import { ERROR_CODES } from '@/lib/contract/error-codes';

/** One piece of work, usually one AWS call and the write that follows from it. */
export interface Unit {
  /** What a failure hits, as health names it: a category, a group. */
  scope: string;
  /** What waits after a failure. */
  key: string;
  run(): Promise<void>;
}

/** One kind of work. A lane never gives out the same piece twice while it is under way. */
export interface Lane {
  /** The most urgent piece that is due and not waiting after a failure. */
  next(): Promise<Unit | undefined>;
  /** Whether there is work that belongs to the first fill and could be done now, or is under way. */
  filling(): boolean;
}

/** Whether a failure is likely to be over soon. */
export const isPassing = ({ code }: AppError): boolean => ERROR_CODES[code].retryable;
