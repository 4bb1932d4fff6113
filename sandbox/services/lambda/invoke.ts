import { AwsError } from '../../protocol/aws-error';
import type { WireReply, WireRequest } from '../../protocol/http';
import { restJsonReply } from '../../protocol/rest-json';
import { hashKey, Rng } from '../../rng';
import { timeoutOf } from '../../world/agents';
import { parseJobArn } from '../../world/arns';
import { stateAt } from '../../world/job-state';
import type { RegionWorld } from '../../world/world';
import type { CalledFunction } from './functions';

/**
 * Invoke of a rollout forwarder: `{}` for a rollout of a live job, else an error it returned as a value (AWS docs: agent
 * interface). A forwarder whose time is too short ends as Lambda ends it.
 */
export function invoke(region: RegionWorld, called: CalledFunction, request: WireRequest, t: number): WireReply {
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type === 'DryRun') return { status: 204, body: '' };
  if (type === 'Event') return restJsonReply({}, 202);
  const payload = readPayload(request.body);
  const { state, version } = called;
  const requestId = new Rng(hashKey('invoke', state.id, t % 4_294_967_296)).uuid();
  const timeout = timeoutOf(region, state.id);
  const headers = (lines: string[], error?: string) => ({
    'x-amz-executed-version': version,
    ...(error && { 'x-amz-function-error': error }),
    ...(request.headers['x-amz-log-type'] === 'Tail' && {
      'x-amz-log-result': Buffer.from(
        [`START RequestId: ${requestId} Version: ${version}`, ...lines, `END RequestId: ${requestId}`].join('\n'),
      ).toString('base64'),
    }),
  });
  if (timeout < 60) {
    const text = `${new Date(t).toISOString()} ${requestId} Task timed out after ${timeout}.00 seconds`;
    return restJsonReply({ errorMessage: text }, 200, headers([text], 'Unhandled'));
  }
  const answer = forward(region, payload, t);
  return restJsonReply(answer, 200, headers([`[INFO] answered ${JSON.stringify(answer).slice(0, 200)}`]));
}

function forward(region: RegionWorld, payload: unknown, t: number) {
  const rollout = payload as { prompt?: unknown; metadata?: { jobArn?: unknown; job_arn?: unknown } } | null;
  const arn = rollout?.metadata?.jobArn ?? rollout?.metadata?.job_arn;
  if (typeof arn !== 'string' || rollout?.prompt === undefined) {
    return { errorType: 'ValidationError', errorMessage: 'prompt and metadata.jobArn are required' };
  }
  const named = parseJobArn(arn);
  const job = named && region.findJob(named.category, named.name, t);
  if (job && !stateAt(job, t).final) return {};
  return {
    errorType: 'InternalServerError',
    errorMessage: `sampling failed: ResourceNotFoundException: job ${arn} does not run`,
  };
}

function readPayload(body: string): unknown {
  try {
    return JSON.parse(body === '' ? '{}' : body);
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json');
  }
}
