import { AwsError } from '../../../protocol/aws-error';
import { must, readInput, text } from '../../../protocol/read-input';
import { rngFor } from '../../../rng';
import type { Operation } from '../../service';
import { lakeAnswer } from './lake-rows';
import { parseLakeStatement } from './lake-statement';

/** StartQuery of CloudTrail Lake: for the statements that `parseLakeStatement` reads, on the store of the region. */
export const startQuery: Operation = ({ sandbox, region, now, input }) => {
  const { QueryStatement } = readInput(input, { QueryStatement: must(text({ min: 1, max: 10_000 })) });
  const statement = parseLakeStatement(QueryStatement);
  if (statement.store !== region.eventDataStore) {
    throw new AwsError('EventDataStoreNotFoundException', 'The specified event data store was not found.', 404);
  }
  const id = rngFor('lake-query', sandbox.seed, sandbox.lakeQueries.size).uuid();
  sandbox.lakeQueries.set(id, {
    id,
    region: region.name,
    statement: QueryStatement,
    startedAt: now,
    asked: 0,
    ...lakeAnswer(sandbox.world, statement, now),
  });
  return { QueryId: id };
};
