import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '@/lib/contract/app-error';
import type { JobDetail } from '@/lib/contract/jobs';
import { jobStatusFacts } from '@/lib/jobs/status';
import { formatLakeStatement, readLakeRows } from '@/lib/story/lake-query';
import type { TimeRange } from '@/lib/story/time-ranges';
import { getLakeResults, type LakeResults, startLakeQuery } from '../aws/cloudtrail-lake';
import { findReport, saveReport } from '../catalog/job-reports-store';
import type { Deployment } from '../deployment';
import type { EventDataStore } from '../env';

/** Events are in a store within about 15 minutes (AWS docs): what was asked before may lack some. */
const SETTLED_MS = 20 * 60_000;
/** A query is billed, so that of a job that may still change another one is made at most this often, however many look. */
const HOLD_MS = 10 * 60_000;
/** A query of minutes takes some seconds. One that takes longer than this is given up. */
const LIMIT_MS = 5 * 60_000;
const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000] as const;
/** A minute has a few rows: this is far beyond what a quarter of an hour can have. */
const MAX_PAGES = 20;

const answerSchema = z.object({
  calls: z.array(
    z.object({
      atMs: z.number(),
      name: z.string(),
      error: z.string().optional(),
      count: z.number().optional(),
      lastMs: z.number().optional(),
    }),
  ),
  fromMs: z.number(),
  toMs: z.number(),
  scannedBytes: z.number().optional(),
});
type LakeAnswer = z.infer<typeof answerSchema>;

/** What became of the last query, as the catalog keeps it. */
const keptSchema = z.object({
  store: z.string(),
  /** Our clock. */
  askedMs: z.number(),
  /** Every event was there: the answer is good for ever. */
  settled: z.boolean(),
  answer: answerSchema.optional(),
  failure: z.string().optional(),
});

/**
 * The calls on a job as an event data store counts them, minute by minute. What a query told is kept in the catalog: for a
 * finished job for good, else for some minutes, a failure too. Throws AppError: what AWS refused, or how the query ended.
 */
export async function readLakeCalls(
  d: Deployment,
  region: string,
  job: JobDetail,
  store: EventDataStore,
  range: TimeRange,
): Promise<LakeAnswer> {
  const scope = await d.scope(region);
  const kept = keptSchema.safeParse(await findReport(d.catalog, scope, job, 'lake-calls')).data;
  const sinceEndMs = job.endTime ? d.awsNow(region).getTime() - Date.parse(job.endTime) : 0;
  const settled = jobStatusFacts(job.jobStatus).final && sinceEndMs > SETTLED_MS;
  if (kept?.store === store.arn && isGood(kept, settled)) return answerOf(kept);
  const aws = d.lakeAws(store);
  // What is refused here has cost nothing: it is not kept, and asked for again with the next reading.
  const queryId = await startLakeQuery(aws, formatLakeStatement(store.id, job.jobArn, range));
  const askedMs = Date.now();
  const ended = await finish((token) => getLakeResults(aws, queryId, token))
    .then(({ rows, scannedBytes }) => ({ calls: readLakeRows(rows), ...range, scannedBytes }))
    .then(
      (answer) => ({ settled, answer }),
      (error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        return { settled: false, failure: [error.message, error.hint].filter(Boolean).join(' ') };
      },
    );
  await saveReport(d.catalog, scope, job, 'lake-calls', { store: store.arn, askedMs, ...ended });
  return answerOf(ended);
}

/** An answer from before every event was there is not good once they are. */
const isGood = ({ settled, failure, askedMs }: z.infer<typeof keptSchema>, nowSettled: boolean) =>
  settled || (Date.now() - askedMs < HOLD_MS && (failure !== undefined || !nowSettled));

function answerOf({ answer, failure }: { answer?: LakeAnswer; failure?: string }): LakeAnswer {
  if (answer) return answer;
  throw new AppError('aws_failed', failure ?? 'The query of the event data store failed.', {
    hint: 'Queries are billed: the next is made in ten minutes at the earliest.',
  });
}

/** Asks until a query has ended, and reads all its rows. Throws AppError when it ended badly or not in time. */
async function finish(ask: (token?: string) => Promise<LakeResults>): Promise<LakeResults> {
  const untilMs = Date.now() + LIMIT_MS;
  const rows: LakeResults['rows'] = [];
  let token: string | undefined;
  let pages = 0;
  let waits = 0;
  while (Date.now() < untilMs) {
    const page = await ask(token).catch(passing);
    if (!page || page.status === 'QUEUED' || page.status === 'RUNNING') {
      await sleep(PAUSES_MS[Math.min(waits++, PAUSES_MS.length - 1)]);
      continue;
    }
    if (page.status !== 'FINISHED') throw badEnd(page);
    rows.push(...page.rows);
    token = page.nextToken;
    pages += 1;
    if (!token) return { ...page, rows };
    if (pages >= MAX_PAGES) throw new AppError('aws_failed', 'The query gave more rows than Cairn reads.');
  }
  throw new AppError('aws_failed', 'The query of the event data store did not end within five minutes.');
}

/** The query goes on at AWS meanwhile. */
function passing(error: unknown): undefined {
  if (error instanceof AppError && (error.code === 'throttled' || error.code === 'aws_unreachable')) return undefined;
  throw error;
}

function badEnd({ status, error }: LakeResults): AppError {
  const words: Record<string, string> = {
    FAILED: 'failed',
    CANCELLED: 'was cancelled by somebody',
    TIMED_OUT: 'ran out of time at AWS',
  };
  const how = words[status] ?? `ended as ${status}`;
  return new AppError('aws_failed', `The query of the event data store ${how}.${error ? ` AWS said: ${error}` : ''}`);
}
