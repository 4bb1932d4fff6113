import { AwsError } from '../../../protocol/aws-error';
import type { Sandbox } from '../../../sandbox';
import type { LakeAnswer } from './lake-rows';

/** A query that was started. It is answered from the moment it was started at. */
export interface LakeQuery extends LakeAnswer {
  id: string;
  region: string;
  statement: string;
  startedAt: number;
  /** How often somebody asked for it: it is queued the first time, runs the second, and is finished from then on. */
  asked: number;
}

export function findQueryOrThrow(sandbox: Sandbox, region: string, id: string): LakeQuery {
  const query = sandbox.lakeQueries.get(id);
  if (query?.region === region) return query;
  throw new AwsError('QueryIdNotFoundException', `The query ID ${id} does not exist or does not map to a query.`);
}

export function nextStatus(query: LakeQuery): 'QUEUED' | 'RUNNING' | 'FINISHED' {
  query.asked += 1;
  if (query.asked > 2) return 'FINISHED';
  return query.asked === 1 ? 'QUEUED' : 'RUNNING';
}
