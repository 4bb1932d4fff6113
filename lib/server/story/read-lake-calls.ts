import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '@/lib/contract/app-error';
import type { JobDetail } from '@/lib/contract/jobs';
import { formatLakeStatement, readLakeRows } from '@/lib/story/lake-query';
import type { TimeRange } from '@/lib/story/time-ranges';
import { getLakeResults, type LakeResults, startLakeQuery } from '../aws/cloudtrail-lake';
import { findReport, saveReport } from '../catalog/job-reports-store';
import type { Deployment } from '../deployment';
import type { EventDataStore } from '../env';
import { isSettled } from './settled';

/** A query is billed, so that of a job that may still change another one is made at most this often, however many look. */
const HOLD_MS = 10 * 60_000;
/** A query of minutes takes some seconds. One that takes longer is asked after again with the next reading. */
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
  /** When it was counted, by the clock of AWS, if that was before every event was there. */
  asOfMs: z.number().optional(),
});
type LakeAnswer = z.infer<typeof answerSchema>;

/** The last query and what became of it, as the catalog keeps it. One that has neither answer nor failure may still run. */
const keptSchema = z.object({
  store: z.string(),
  /** Our clock. */
  askedMs: z.number(),
  /** Every event was there: the answer is good for ever. */
  settled: z.boolean(),
  query: z.object({ id: z.string(), fromMs: z.number(), toMs: z.number(), asOfMs: z.number().optional() }).optional(),
  answer: answerSchema.optional(),
  failure: z.string().optional(),
});
type Kept = z.infer<typeof keptSchema>;
type Query = NonNullable<Kept['query']>;

/**
 * The calls on a job as an event data store counts them, minute by minute. What a query told is kept in the catalog: for a
 * finished job for good, else for some minutes, a failure too. A query is kept from its start on, so that one whose answer was
 * not waited for, or could not be fetched, is not paid for again. Throws AppError: what AWS refused, or how the query ended.
 */
export async function readLakeCalls(
  d: Deployment,
  region: string,
  job: JobDetail,
  store: EventDataStore,
  range: TimeRange,
): Promise<LakeAnswer> {
  const scope = await d.scope(region);
  const aws = d.lakeAws(store);
  const settled = isSettled(d, region, job);
  const keep = async (kept: Kept) => {
    await saveReport(d.catalog, scope, job, 'lake-calls', kept);
    return kept;
  };
  const finishKept = async (kept: Kept, query: Query) => {
    const { id, ...counted } = query;
    return keep({ ...kept, query: undefined, ...(await outcome((token) => getLakeResults(aws, id, token), counted)) });
  };

  const last = keptSchema.safeParse(await findReport(d.catalog, scope, job, 'lake-calls')).data;
  if (last?.store === store.arn && isGood(last, settled)) {
    if (!last.query) return answerOf(last);
    const taken = await finishKept(last, last.query).catch(forgotten);
    if (taken) return answerOf(taken);
  }
  const asOf = settled ? {} : { asOfMs: d.awsNow(region).getTime() };
  // What is refused here has cost nothing: it is not kept, and asked for again with the next reading.
  const id = await startLakeQuery(aws, formatLakeStatement(store.id, job.jobArn, range));
  const query = { id, ...range, ...asOf };
  return answerOf(await finishKept(await keep({ store: store.arn, askedMs: Date.now(), settled, query }), query));
}

/** What was asked before every event was there is not good once they are. */
const isGood = ({ settled, failure, askedMs }: Kept, nowSettled: boolean) =>
  settled || (Date.now() - askedMs < HOLD_MS && (failure !== undefined || !nowSettled));

/** AWS keeps the results of a query for some days. */
function forgotten(error: unknown): undefined {
  if (error instanceof AppError && error.code === 'not_found') return undefined;
  throw error;
}

function answerOf({ answer, failure }: Kept): LakeAnswer {
  if (answer) return answer;
  throw new AppError('aws_failed', failure ?? 'The query of the event data store failed.', {
    hint: 'Queries are billed: the next is made in ten minutes at the earliest.',
  });
}

/** How a query ended, with all its rows. Throws AppError when AWS does not say: it can be asked after again. */
async function outcome(
  ask: (token?: string) => Promise<LakeResults>,
  counted: Omit<Query, 'id'>,
): Promise<Pick<Kept, 'answer'> | Pick<Kept, 'settled' | 'failure'>> {
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
    if (page.status !== 'FINISHED') return { settled: false, failure: badEnd(page) };
    rows.push(...page.rows);
    token = page.nextToken;
    pages += 1;
    if (!token) return readAnswer({ ...page, rows }, counted);
    if (pages >= MAX_PAGES) return { settled: false, failure: 'The query gave more rows than Cairn reads.' };
  }
  throw new AppError('aws_failed', 'The query of the event data store did not end within five minutes.', {
    hint: 'It is asked after again with the next reading.',
  });
}

function readAnswer({ rows, scannedBytes }: LakeResults, counted: Omit<Query, 'id'>) {
  try {
    return { answer: { ...counted, calls: readLakeRows(rows), scannedBytes } };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { settled: false, failure: error.message };
  }
}

/** The query goes on at AWS meanwhile. */
function passing(error: unknown): undefined {
  if (error instanceof AppError && (error.code === 'throttled' || error.code === 'aws_unreachable')) return undefined;
  throw error;
}

function badEnd({ status, error }: LakeResults): string {
  const words: Record<string, string> = {
    FAILED: 'failed',
    CANCELLED: 'was cancelled by somebody',
    TIMED_OUT: 'ran out of time at AWS',
  };
  const how = words[status] ?? `ended as ${status}`;
  return `The query of the event data store ${how}.${error ? ` AWS said: ${error}` : ''}`;
}
