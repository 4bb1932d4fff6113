import { AwsError } from '../../../protocol/aws-error';
import { formatPageToken, parsePageToken } from '../../../protocol/page-token';
import { must, readInput, text, whole } from '../../../protocol/read-input';
import type { Operation } from '../../service';
import { findQueryOrThrow, nextStatus } from './lake-query';

/** GetQueryResults: the status alone until the query is finished, then its rows, at most 1,000 to a page (model). */
export const getQueryResults: Operation = ({ sandbox, region, input }) => {
  const read = readInput(input, {
    QueryId: must(text({ min: 36, max: 36 })),
    NextToken: text(),
    MaxQueryResults: whole({ min: 1, max: 1000 }),
  });
  const query = findQueryOrThrow(sandbox, region.name, read.QueryId);
  const QueryStatus = nextStatus(query);
  if (QueryStatus !== 'FINISHED') return { QueryStatus };
  const start = positionOf(input, read.NextToken);
  const rows = query.rows.slice(start, start + (read.MaxQueryResults ?? 1000));
  const end = start + rows.length;
  return {
    QueryStatus,
    QueryStatistics: {
      ResultsCount: rows.length,
      TotalResultsCount: query.rows.length,
      BytesScanned: query.scannedBytes,
    },
    QueryResultRows: rows,
    ...(end < query.rows.length && { NextToken: formatPageToken(input, end) }),
  };
};

function positionOf(input: Readonly<Record<string, unknown>>, token: string | undefined): number {
  try {
    return Number(parsePageToken(input, token) ?? 0);
  } catch {
    throw new AwsError('InvalidNextTokenException', 'The token is not valid for this request.');
  }
}
