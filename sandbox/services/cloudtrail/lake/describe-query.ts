import { toEpochSeconds } from '../../../protocol/aws-json';
import { must, readInput, text } from '../../../protocol/read-input';
import type { Operation } from '../../service';
import { findQueryOrThrow, nextStatus } from './lake-query';

/** DescribeQuery: how far a query is and what it cost. */
export const describeQuery: Operation = ({ sandbox, region, input }) => {
  const { QueryId } = readInput(input, { QueryId: must(text({ min: 36, max: 36 })) });
  const query = findQueryOrThrow(sandbox, region.name, QueryId);
  const QueryStatus = nextStatus(query);
  return {
    QueryId,
    QueryString: query.statement,
    QueryStatus,
    QueryStatistics: {
      CreationTime: toEpochSeconds(query.startedAt),
      ...(QueryStatus === 'FINISHED' && {
        EventsMatched: query.matched,
        EventsScanned: query.scanned,
        BytesScanned: query.scannedBytes,
      }),
    },
  };
};
