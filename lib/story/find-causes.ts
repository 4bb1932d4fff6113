import type { JobDetail } from '../contract/jobs';
import type { Cause, StoryEntry } from '../contract/story';
import { KNOWN_CAUSES, type KnownCause } from './causes';

/** When the agent got a new version, as CloudTrail or the control plane tells it. */
export interface Deployment {
  at: string;
  text: string;
  source: 'cloudtrail' | 'agent';
}

/** A wait for capacity longer than this is worth naming; shorter ones are daily life (assumption). */
const LONG_WAIT_MS = 30 * 60_000;

/**
 * The causes that a job's traces point at, most telling first: what happened to the job itself, a deployment while it ran,
 * then the words of the logs. One trace supports one cause: the first of the table that reads it.
 */
export function findCauses(
  job: JobDetail,
  entries: readonly StoryEntry[],
  deployments: readonly Deployment[],
): Cause[] {
  const causes = new Map<string, Cause>();
  const add = (id: string, evidence: Cause['evidence']) => {
    const known = KNOWN_CAUSES.find((cause) => cause.id === id);
    if (known && !causes.has(id)) causes.set(id, toCause(known, evidence));
  };
  const last = job.transitions.at(-1);
  if (job.secondaryStatus === 'MaxRuntimeExceeded') {
    add('max-runtime', { source: 'transitions', at: last?.startTime, text: 'The job ended in MaxRuntimeExceeded.' });
  }
  if (job.jobStatus === 'Completed') return [...causes.values()];
  const endMs = Date.parse(job.endTime ?? '9999-01-01');
  const deployed = deployments.find(({ at }) => at > job.creationTime && Date.parse(at) <= endMs);
  if (deployed) add('agent-redeployed', { source: deployed.source, at: deployed.at, text: deployed.text });
  for (const known of KNOWN_CAUSES) {
    const entry = entries.find((candidate) => candidate.level !== 'info' && known.matches?.test(candidate.text));
    // The first cause that reads a line has it: a denied Sample is no error of the agent's code.
    const taken = entry && [...causes.values()].some(({ evidence }) => evidence.text === entry.text);
    if (entry && !taken) add(known.id, { source: entry.source, at: entry.at, text: entry.text });
  }
  const wait = job.transitions.find(
    ({ status, startTime, endTime }) =>
      status === 'Pending' && endTime !== undefined && Date.parse(endTime) - Date.parse(startTime) > LONG_WAIT_MS,
  );
  if (wait)
    add('capacity', {
      source: 'transitions',
      at: wait.startTime,
      text: wait.statusMessage ?? 'A long wait in Pending.',
    });
  const reason = job.failureReason;
  if (reason !== undefined && causes.size === 0) {
    const known = KNOWN_CAUSES.find(({ matches }) => matches?.test(reason));
    if (known) add(known.id, { source: 'transitions', at: last?.startTime, text: reason });
  }
  return [...causes.values()];
}

function toCause({ id, title, meaning, todo }: KnownCause, evidence: Cause['evidence']): Cause {
  return { id, title, meaning, todo, evidence };
}
