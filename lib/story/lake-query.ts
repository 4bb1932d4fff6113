import { z } from 'zod';
import { AppError } from '../contract/app-error';
import { ROLLOUT_CALLS, type RolloutCall } from './rollout-calls';
import type { TimeRange } from './time-ranges';

/** An ARN of a job holds nothing that SQL reads as anything but text; whatever else calls itself one is not asked about. */
const JOB_ARN = /^arn:[a-z-]+:sagemaker:[a-z0-9-]+:\d{12}:job\/[a-zA-Z]+\/[a-zA-Z0-9-]+$/;

/**
 * The one statement Cairn asks an event data store: how many calls of each name agents made on a job in each minute, those
 * that were refused apart. Bound by time, because a query is billed by what it scans (AWS docs). Columns and functions: AWS
 * docs, SQL of CloudTrail Lake. Throws AppError `unprocessable` for text that is no ARN of a job.
 */
export function formatLakeStatement(storeId: string, jobArn: string, { fromMs, toMs }: TimeRange): string {
  if (!JOB_ARN.test(jobArn)) {
    throw new AppError('unprocessable', 'The ARN of this job has signs that no ARN has: it is not put into a query.');
  }
  return [
    'SELECT eventName AS name, errorCode AS code, max(errorMessage) AS message, count(*) AS calls,',
    'min(eventTime) AS firstTime, max(eventTime) AS lastTime',
    `FROM ${storeId}`,
    // Events are stamped by the second.
    `WHERE eventTime >= ${literal(formatTime(Math.ceil(fromMs / 1000)))}`,
    `AND eventTime <= ${literal(formatTime(Math.floor(toMs / 1000)))}`,
    `AND eventName IN (${ROLLOUT_CALLS.map(literal).join(', ')})`,
    `AND any_match(resources, one -> one.arn = ${literal(jobArn)})`,
    "GROUP BY date_trunc('minute', eventTime), eventName, errorCode",
  ].join('\n');
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
const formatTime = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');

/** What is NULL may come as nothing at all, as empty text or as its name: AWS does not say. */
const nullable = z.string().optional();
const known = (text: string | undefined) => text !== undefined && text !== '' && text.toLowerCase() !== 'null';

const timeSchema = z
  .string()
  .transform((text) => Date.parse(`${text.replace(/ UTC$/, '').replace(' ', 'T')}Z`))
  .refine(Number.isFinite);

/** By column, in lower case. */
const rowSchema = z.object({
  name: z.string().min(1),
  code: nullable,
  message: nullable,
  calls: z.coerce.number().int().min(1),
  firsttime: timeSchema,
  lasttime: timeSchema,
});

/** The rows of that statement, by column in lower case. Throws AppError `aws_failed` for a row of another shape: a count without it would be false. */
export function readLakeRows(rows: readonly Readonly<Record<string, string>>[]): RolloutCall[] {
  return rows.map((row): RolloutCall => {
    const read = rowSchema.safeParse(row).data;
    if (!read) throw new AppError('aws_failed', 'The event data store answered with a row that Cairn cannot read.');
    const error = [read.code, read.message].filter(known).join(': ');
    const one = { atMs: read.firsttime, name: read.name, ...(error && { error }) };
    return read.calls === 1 ? one : { ...one, count: read.calls, lastMs: read.lasttime };
  });
}
