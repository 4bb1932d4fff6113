import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { JobDetail } from '@/lib/contract/jobs';
import type { StoryEntry, StorySourceState } from '@/lib/contract/story';
import { readJobAgent } from '@/lib/jobs/agent';
import { jobStatusFacts } from '@/lib/jobs/status';
import { formatPlural } from '@/lib/shared/format';
import type { StoryLine } from '@/lib/story/fold-lines';
import { rolloutEntry } from '@/lib/story/rollout-entries';
import type { Deployment } from '../deployment';
import { listRollouts } from '../metrics/list-rollouts';
import { readErrors } from './read-errors';

interface LogTold {
  lines: StoryLine[];
  source: StorySourceState;
}

/** Everything of a story but what CloudTrail tells, which has a pace of its own. */
export interface StoryLogs {
  jobLog: LogTold;
  agentLog: LogTold;
  rollouts: { entry?: StoryEntry; source: StorySourceState };
}

const ROLLOUTS_MS = 10 * 60_000;

/** When a job began and ended, or now while it runs, by the clock of AWS. */
export function storyTimes(d: Deployment, region: string, job: JobDetail) {
  const nowMs = d.awsNow(region).getTime();
  const endMs = Math.min(job.endTime ? Date.parse(job.endTime) : nowMs, nowMs);
  return { startMs: Date.parse(job.creationTime), endMs, nowMs };
}

/** The lines about trouble near the end of a job, or near now while it runs, of its own log and its agent's, and its rollouts. */
export async function readLogs(d: Deployment, region: string, job: JobDetail): Promise<StoryLogs> {
  const times = { ...storyTimes(d, region, job), over: jobStatusFacts(job.jobStatus).final };
  const agent = readJobAgent(job.config.parsed);
  const jobGroup = `/aws/sagemaker/Job/${job.jobCategory}`;
  const [jobLog, agentLog, rollouts] = await Promise.all([
    readErrors(d, region, jobGroup, { ...times, prefix: `${job.jobName}/` }),
    agent.kind === 'unknown' ? undefined : readErrors(d, region, agent.logGroup, times),
    readRollouts(d, region, job, times.endMs),
  ]);
  return {
    jobLog: {
      lines: jobLog.lines,
      source: { source: 'job-log', label: 'Job log', logGroup: jobGroup, ...stateOf(jobLog) },
    },
    agentLog:
      agentLog && agent.kind !== 'unknown'
        ? {
            lines: agentLog.lines,
            source: { source: 'agent-log', label: 'Agent log', logGroup: agent.logGroup, ...stateOf(agentLog) },
          }
        : {
            lines: [],
            source: {
              source: 'agent-log',
              label: 'Agent log',
              state: 'none',
              note: 'The config document names no agent Cairn can read.',
            },
          },
    rollouts,
  };
}

const stateOf = ({ state, note }: Pick<StorySourceState, 'state' | 'note'>) => ({ state, note });

/** The rollouts of the step the job was in that ended in an error, as far as MLflow tells. */
async function readRollouts(
  d: Deployment,
  region: string,
  job: JobDetail,
  endMs: number,
): Promise<StoryLogs['rollouts']> {
  const base = { source: 'rollouts', label: 'Rollouts' } as const;
  const step = job.progress?.currentStep;
  try {
    const answer = await listRollouts(d, region, job, {
      outcome: 'error',
      sort: 'time',
      limit: 500,
      ...(job.jobCategory === 'AgentRFT' && step !== undefined && { step }),
    });
    if (!['ready', 'waiting'].includes(answer.source.state)) {
      const { state, message, hint } = answer.source;
      return {
        source: {
          ...base,
          state: state === 'access_denied' ? 'denied' : state === 'unreachable' ? 'failed' : 'none',
          note: [message, hint].filter(Boolean).join(' ') || 'MLflow has no run of this job.',
        },
      };
    }
    const entry = rolloutEntry(answer.rollouts, endMs - ROLLOUTS_MS, endMs + 60_000);
    const note = `${formatPlural(answer.rollouts.length, 'rollout')} in error${step === undefined ? '' : ` in step ${step}`}`;
    return { ...(entry && { entry }), source: { ...base, state: 'ok', note } };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { source: { ...base, state: 'failed', note: [error.message, error.hint].filter(Boolean).join(' ') } };
  }
}
