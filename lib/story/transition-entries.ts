import type { JobDetail } from '../contract/jobs';
import type { StoryEntry } from '../contract/story';
import { secondaryStatusFacts } from '../jobs/status';
import { pinFirst } from './fold-lines';

/** A job's transitions as entries of its story; bad ends are errors, waits and interruptions warnings. */
export function transitionEntries(job: JobDetail): StoryEntry[] {
  const entries = job.transitions.map(({ status, startTime, statusMessage }, i): StoryEntry => {
    const { tone, label } = secondaryStatusFacts(status);
    const message = status === 'Failed' ? (job.failureReason ?? statusMessage) : statusMessage;
    return {
      id: `transitions#${i}`,
      source: 'transitions',
      at: startTime,
      level: levelOf(status, tone),
      text: message ? `${label}: ${message}` : label,
      count: 1,
      pinned: false,
    };
  });
  return pinFirst(entries);
}

function levelOf(status: string, tone: string): StoryEntry['level'] {
  if (tone === 'failed' || status === 'MaxRuntimeExceeded') return 'error';
  return ['Interrupted', 'Restarting', 'Pending'].includes(status) ? 'warn' : 'info';
}
