import { hashKey, Rng } from '../rng';
import { ACCOUNT_ID, jobArn } from './arns';
import { lifeOf } from './life';
import type { LogLine } from './log-lines';
import { type Rollout, rolloutsOf, rolloutWindows } from './rollout-list';
import type { Job } from './types';

// The data events of a job as a trail writes them into its log group, or an event data store keeps them: one line for every call that the agent makes to the
// job runtime. A pure function of the job's rollouts, like everything else.

/** How long after a call its event stands in the log group: trails deliver within about five minutes (AWS docs). */
const DELIVERY_MS = 300_000;
/** And in an event data store (AWS docs: within about 15 minutes). */
const LAKE_DELIVERY_MS = 900_000;
/** From when on an agent that lost its permission is refused: shortly before the job gives up. */
const DENIED_MS = 150_000;

interface Call {
  at: number;
  name: 'Sample' | 'CompleteRollout' | 'UpdateReward';
  rollout: Rollout;
  denied: boolean;
}

/** Lines with `fromMs` <= timestamp < `toMs`, in the order they were delivered. */
export function rolloutCallLines(job: Job, stream: string, fromMs: number, toMs: number): LogLine[] {
  const [from, to] = [fromMs - DELIVERY_MS, toMs - DELIVERY_MS];
  const lines: LogLine[] = [];
  for (const window of rolloutWindows(job, to)) {
    if (window.end < from || window.start >= to) continue;
    // One that goes on has made calls as well: what a stretch of time holds does not depend on where it is cut.
    for (const rollout of rolloutsOf(job, window, Number.POSITIVE_INFINITY)) {
      for (const call of callsOf(job, rollout)) {
        if (call.at < from || call.at >= to) continue;
        lines.push({ stream, timestamp: call.at + DELIVERY_MS, message: toRecord(job, call) });
      }
    }
  }
  return lines.sort((a, b) => a.timestamp - b.timestamp);
}

/** The records of calls made in `fromMs` <= time < `toMs` that an event data store had by `now`. */
export function rolloutCallRecords(job: Job, fromMs: number, toMs: number, now: number): string[] {
  const untilMs = Math.min(toMs, now + 1 - LAKE_DELIVERY_MS);
  return rolloutCallLines(job, '', fromMs + DELIVERY_MS, untilMs + DELIVERY_MS).map(({ message }) => message);
}

export const rolloutCallsBegin = (job: Job): number =>
  (lifeOf(job).workStart ?? Number.POSITIVE_INFINITY) + DELIVERY_MS;
export const rolloutCallsEnd = (job: Job): number => lifeOf(job).endTime + DELIVERY_MS;

function callsOf(job: Job, rollout: Rollout): Call[] {
  const { startedAt, durationMs, turns, status } = rollout;
  const deniedFrom = isDenied(job) ? lifeOf(job).endTime - DENIED_MS : Number.POSITIVE_INFINITY;
  const calls: Call[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const at = Math.round(startedAt + (durationMs * (turn + 0.2)) / turns);
    const denied = at >= deniedFrom;
    calls.push({ at, name: 'Sample', rollout, denied });
    // An agent that may not sample gives up: no more calls of this rollout.
    if (denied) return calls;
  }
  const endedAt = startedAt + durationMs;
  if (status === 'OK') calls.push({ at: endedAt - 20, name: 'UpdateReward', rollout, denied: false });
  calls.push({ at: endedAt, name: 'CompleteRollout', rollout, denied: false });
  return calls;
}

const isDenied = (job: Job) => job.plan.ending.kind === 'failed' && job.plan.ending.story === 'sample-denied';

/** The record (assumption: shaped as the documented data events of SageMaker Feature Store are). Bodies are not logged. */
function toRecord(job: Job, { at, name, rollout, denied }: Call): string {
  const arn = jobArn(job.region, job.category, job.name);
  const id = new Rng(hashKey('rollout-call', rollout.id, name, at % 4_294_967_296)).uuid();
  const session = `arn:aws:sts::${ACCOUNT_ID}:assumed-role/ExampleAgentRole/session`;
  return JSON.stringify({
    eventVersion: '1.11',
    userIdentity: { type: 'AssumedRole', arn: session, accountId: ACCOUNT_ID },
    eventTime: new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000Z', 'Z'),
    eventSource: 'sagemaker.amazonaws.com',
    eventName: name,
    awsRegion: job.region,
    sourceIPAddress: 'bedrock-agentcore.amazonaws.com',
    ...(denied && {
      errorCode: 'AccessDenied',
      errorMessage: `User: ${session} is not authorized to perform: sagemaker:Sample on resource: ${arn} because no identity-based policy allows the sagemaker:Sample action`,
    }),
    requestParameters: {
      jobArn: arn,
      trajectoryId: rollout.id,
      ...(name === 'CompleteRollout' && { status: rollout.status === 'OK' ? 'ready' : 'failed' }),
    },
    responseElements: null,
    requestID: id,
    eventID: id,
    readOnly: false,
    resources: [{ accountId: ACCOUNT_ID, type: 'AWS::SageMaker::Job', ARN: arn }],
    eventType: 'AwsApiCall',
    managementEvent: false,
    recipientAccountId: ACCOUNT_ID,
    eventCategory: 'Data',
  });
}
