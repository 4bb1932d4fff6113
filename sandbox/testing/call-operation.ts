import { dispatch } from '../dispatch';
import type { Sandbox } from '../sandbox';

export interface OperationAnswer<T> {
  status: number;
  body: T;
}

/** Calls an operation the way the wire would, without a socket: for tests of this room. */
export async function callOperation<T = Record<string, unknown>>(
  sandbox: Sandbox,
  operation: string,
  input: unknown,
  { region = 'us-west-2', accessKeyId = 'AKIDTEST' } = {},
): Promise<OperationAnswer<T>> {
  const reply = await dispatch(sandbox, {
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: {
      'x-amz-target': `SageMaker.${operation}`,
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261122/${region}/sagemaker/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  });
  if (!reply || typeof reply.body !== 'string') throw new Error(`${operation} gave no answer`);
  return { status: reply.status, body: JSON.parse(reply.body) as T };
}

/** The `__type` and message of a refused call; fails when the call was not refused. */
export async function refusalOf(sandbox: Sandbox, operation: string, input: unknown): Promise<[string, string]> {
  const { status, body } = await callOperation<{ __type?: string; Message?: string }>(sandbox, operation, input);
  if (status < 400) throw new Error(`${operation} was not refused`);
  return [body.__type ?? '', body.Message ?? ''];
}
