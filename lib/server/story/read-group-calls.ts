import 'server-only';
import type { JobDetail } from '@/lib/contract/jobs';
import { type RolloutCall, readRolloutCall } from '@/lib/story/rollout-calls';
import type { TimeRange } from '@/lib/story/time-ranges';
import { filterLogEvents } from '../aws/log-events';
import type { Deployment } from '../deployment';

/** A trail writes its events within about five minutes, at times later (AWS docs). */
const DELIVERY_MS = 30 * 60_000;
const PAGE_EVENTS = 10_000;
const MAX_PAGES = 30;

/** The calls on a job out of a trail's log group, newest first: those of the whole range, or as many as a person waits for. */
export async function readGroupCalls(
  d: Deployment,
  region: string,
  job: JobDetail,
  logGroup: string,
  { fromMs, toMs }: TimeRange,
): Promise<TimeRange & { calls: RolloutCall[] }> {
  const calls: RolloutCall[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await filterLogEvents(d.aws(region), {
      logGroup,
      // The whole ARN, quoted: CloudTrail's JSON has it letter by letter. A longer job name that begins alike is left out below.
      pattern: `"${job.jobArn}"`,
      startTime: new Date(fromMs),
      endTime: new Date(toMs + DELIVERY_MS),
      nextToken,
      limit: PAGE_EVENTS,
      startFromHead: false,
    });
    for (const { message } of answer.events) {
      const call = readRolloutCall(message, job.jobArn);
      if (call && call.atMs >= fromMs && call.atMs <= toMs) calls.push(call);
    }
    nextToken = answer.nextToken;
    if (!nextToken) break;
  }
  const oldestMs = nextToken ? Math.min(...calls.map(({ atMs }) => atMs)) : fromMs;
  return { calls, fromMs: calls.length > 0 ? oldestMs : fromMs, toMs };
}
