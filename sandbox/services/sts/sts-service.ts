import { AwsError } from '../../protocol/aws-error';
import { readSigner } from '../../protocol/credential-scope';
import type { WireReply, WireRequest } from '../../protocol/http';
import { ACCOUNT_ID, USER_ARN, USER_ID } from '../../world/arns';
import type { HttpService } from '../service';
import { queryErrorReply, queryReply } from './query-reply';

/** STS: who the caller is. The query protocol: a form with an Action in, XML out. */
export const stsService: HttpService = {
  kind: 'http',
  name: 'STS',
  operations: ['GetCallerIdentity'],
  operationOf: (request) => (request.path === '/' ? actionOf(request) : undefined),
  handle(request, operation): WireReply {
    if (operation !== 'GetCallerIdentity') {
      throw new AwsError('InvalidAction', `Could not find operation ${operation} for version 2011-06-15`);
    }
    if (!readSigner(request)) {
      throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
    }
    return queryReply('GetCallerIdentity', { Arn: USER_ARN, UserId: USER_ID, Account: ACCOUNT_ID });
  },
  toErrorReply: queryErrorReply,
};

/** The Action of a form body or, for a presigned GET, of the query. */
function actionOf(request: WireRequest): string | undefined {
  if (request.method === 'GET') return request.query.get('Action') ?? undefined;
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  if (request.method !== 'POST' || !isForm) return undefined;
  return new URLSearchParams(request.body).get('Action') ?? undefined;
}
