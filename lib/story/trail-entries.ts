import type { JobDetail } from '../contract/jobs';
import type { StoryEntry } from '../contract/story';
import { eventDetail, eventTitle } from './event-words';
import type { Deployment } from './find-causes';

/** What a story needs of an event of CloudTrail. */
export interface ToldEvent {
  id: string;
  name: string;
  at: Date;
  user?: string;
  errorCode?: string;
  request: Readonly<Record<string, string>>;
}

const isDeployment = ({ name }: ToldEvent) => name.startsWith('UpdateAgent') || name.startsWith('UpdateFunction');
const words = ({ name, request, user }: ToldEvent) => `${eventTitle(name, request)}${user ? ` (${user})` : ''}`;

/** An event as an entry of the story. A deployment while the job was there is pinned: it explains much. */
export function trailEntry(event: ToldEvent, job: Pick<JobDetail, 'creationTime'>): StoryEntry {
  const during = isDeployment(event) && event.at.toISOString() > job.creationTime;
  const detail = eventDetail(event.request);
  return {
    id: `cloudtrail#${event.id}`,
    source: 'cloudtrail',
    at: event.at.toISOString(),
    level: event.errorCode ? 'error' : during ? 'warn' : 'info',
    text: `${words(event)}${detail ? `: ${detail}` : ''}${event.errorCode ? `, refused: ${event.errorCode}` : ''}`,
    count: 1,
    pinned: during,
  };
}

/** The deployments among events; one that was refused changed nothing. */
export function trailDeployments(events: readonly ToldEvent[]): Deployment[] {
  return events
    .filter((event) => isDeployment(event) && event.errorCode === undefined)
    .map((event) => ({ at: event.at.toISOString(), source: 'cloudtrail' as const, text: words(event) }));
}
