import 'server-only';
import type { LoggedAction } from '@/lib/contract/action-log';
import type { JobEvent, JobEventsResponse } from '@/lib/contract/job-events';
import type { JobRef } from '@/lib/contract/jobs';
import { formatPlural } from '@/lib/shared/format';
import { eventDetail, eventTitle } from '@/lib/story/event-words';
import { listActions } from '../catalog/actions-store';
import { listPrunesOfJob } from '../catalog/prune-runs';
import type { Deployment } from '../deployment';
import { getJob } from '../jobs/get-job';
import { type JobTrailEvent, readJobTrail } from './job-trail';

/**
 * Who created, stopped, deleted and approved, newest first: CloudTrail's management events joined with Cairn's own action
 * log. CloudTrail is read into the catalog first; when it may not be read, what is known is still answered.
 */
export async function listJobEvents(d: Deployment, region: string, ref: JobRef): Promise<JobEventsResponse> {
  const { job, awsNow } = await getJob(d, region, ref);
  const scope = await d.scope(region);
  const [{ read, events }, { actions }, prunes] = await Promise.all([
    readJobTrail(d, region, job),
    listActions(d.catalog, scope, ref),
    listPrunesOfJob(d.catalog, scope, ref),
  ]);
  const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
  return {
    events: [...events.map(fromTrail), ...actions.map(fromAction), ...prunes.map(fromPrune)].sort((a, b) =>
      a.at < b.at ? 1 : -1,
    ),
    trail: {
      state: read.reading ? 'reading' : read.state,
      from: iso(read.fromMs),
      to: iso(read.toMs),
      message: read.error?.message,
      hint: read.error?.hint,
    },
    asOf: new Date().toISOString(),
    awsNow,
  };
}

function fromTrail(event: JobTrailEvent): JobEvent {
  return {
    id: `cloudtrail ${event.id}`,
    source: 'cloudtrail',
    at: event.at.toISOString(),
    name: event.name,
    title: eventTitle(event.name, event.request),
    who: event.user,
    whoArn: event.userArn,
    detail: eventDetail(event.request),
    error: event.errorCode && [event.errorCode, event.errorMessage].filter(Boolean).join(': '),
  };
}

function fromAction(action: LoggedAction): JobEvent {
  const words = { started: 'asked for', done: 'done', failed: 'failed' }[action.state];
  return {
    id: `cairn ${action.id}`,
    source: 'cairn',
    at: action.startTime,
    name: action.action,
    title: `Cairn: ${action.action}, ${words}`,
    who: action.who?.split('/').at(-1),
    whoArn: action.who,
    detail: action.checkpoint ? `${action.checkpoint.group}/${action.checkpoint.version}` : undefined,
    error: action.state === 'failed' ? action.answer : undefined,
  };
}

/** One line for a whole clean-up: CloudTrail is not asked for each of its deletions. */
function fromPrune({ runId, who, deleted, lastAt }: Awaited<ReturnType<typeof listPrunesOfJob>>[number]): JobEvent {
  return {
    id: `prune ${runId}`,
    source: 'cairn',
    at: lastAt.toISOString(),
    name: 'prune',
    title: `Cairn: prune, ${formatPlural(deleted, 'checkpoint')} deleted`,
    who: who?.split('/').at(-1),
    whoArn: who,
    detail: `clean-up ${runId}`,
  };
}
