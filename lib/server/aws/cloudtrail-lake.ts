import 'server-only';
import { GetQueryResultsCommand, StartQueryCommand } from '@aws-sdk/client-cloudtrail';
import { AppError } from '@/lib/contract/app-error';
import type { AwsRegion } from './clients';

/** The most rows of one page (API model). */
const PAGE_ROWS = 1_000;

/** Starts a query of an event data store, which is billed by the bytes it scans, and gives its id. */
export async function startLakeQuery(aws: AwsRegion, statement: string): Promise<string> {
  const answer = await aws.call('cloudtrail:StartQuery', () =>
    aws.cloudtrail.send(new StartQueryCommand({ QueryStatement: statement })),
  );
  if (answer.QueryId) return answer.QueryId;
  throw new AppError('aws_failed', `AWS started a query without an id (cloudtrail:StartQuery in ${aws.region}).`);
}

export interface LakeResults {
  /** QUEUED, RUNNING, FINISHED, FAILED, CANCELLED or TIMED_OUT (API model). */
  status: string;
  /** By column, in lower case. */
  rows: Record<string, string>[];
  nextToken?: string;
  scannedBytes?: number;
  /** Why a query failed, in AWS's words. */
  error?: string;
}

/** How far a query is and, once it is finished, one page of its rows. Done only when no token comes back. */
export async function getLakeResults(aws: AwsRegion, queryId: string, nextToken?: string): Promise<LakeResults> {
  const answer = await aws.call('cloudtrail:GetQueryResults', () =>
    aws.cloudtrail.send(
      new GetQueryResultsCommand({ QueryId: queryId, NextToken: nextToken, MaxQueryResults: PAGE_ROWS }),
    ),
  );
  return {
    status: answer.QueryStatus ?? 'unknown',
    // A row is a list of objects with one column each.
    rows: (answer.QueryResultRows ?? []).map((row) =>
      Object.fromEntries(row.flatMap(Object.entries).map(([name, value]) => [name.toLowerCase(), String(value)])),
    ),
    nextToken: answer.NextToken || undefined,
    scannedBytes: answer.QueryStatistics?.BytesScanned,
    error: answer.ErrorMessage,
  };
}
