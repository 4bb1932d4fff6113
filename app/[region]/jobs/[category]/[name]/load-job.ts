import 'server-only';
import { cache } from 'react';
import { AppError } from '@/lib/contract/app-error';
import type { ErrorCode } from '@/lib/contract/error-codes';
import type { GetJobResponse, JobRef } from '@/lib/contract/jobs';
import { deployment } from '@/lib/server/deployment';
import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { parseInput } from '@/lib/server/http/parse-input';
import { getJob } from '@/lib/server/jobs/get-job';
import { log } from '@/lib/server/log';

/** The dynamic parts of a job's address, as Next gives them. */
export type JobPageParams = Promise<{ region: string; category: string; name: string }>;

/** What a page can say of an error: its words, never its cause. */
export interface ShownError {
  code: ErrorCode;
  message: string;
  hint?: string;
}

export type LoadedJob =
  | { ok: true; region: string; jobRef: JobRef; response: GetJobResponse }
  | { ok: false; error: ShownError };

/** The job an address names, or why there is none. Layout and page of one request share one answer. */
export const loadJob = cache(async (region: string, category: string, name: string): Promise<LoadedJob> => {
  try {
    const params = parseInput('path', jobParams, { region, category, name });
    const jobRef = toJobRef(params);
    const response = await getJob(await deployment(), params.region, jobRef);
    return { ok: true, region: params.region, jobRef, response };
  } catch (error) {
    return { ok: false, error: toShownError(error) };
  }
});

/** An error as a page may show it. One that Cairn does not understand is logged and shown without its words. */
export function toShownError(error: unknown): ShownError {
  if (error instanceof AppError) {
    return { code: error.code, message: error.message, ...(error.hint ? { hint: error.hint } : {}) };
  }
  log.error({ err: error }, 'a page could not be made');
  return { code: 'internal', message: 'Something went wrong inside Cairn.', hint: 'The server log has the details.' };
}
