import { hashKey, Rng } from '../rng';
import { agentOf } from './agents';
import { jobArn } from './arns';
import { lifeOf } from './life';
import type { Job } from './types';

interface AgentLine {
  at: number;
  /** Which of the agent's streams. */
  slot: number;
  message: string;
}

const SECOND = 1_000;

/** What the agent of a failed job wrote around the failure: the cause, in the agent's words, before the job's own. */
export function agentFailureLines(job: Job): AgentLine[] {
  const { ending } = job.plan;
  const life = lifeOf(job);
  if (ending.kind !== 'failed' || life.finalStatus !== 'Failed' || life.workStart === undefined) return [];
  const text = linesOf(job, ending.story);
  return text.map(({ beforeEndMs, level, message, slot = 0 }) => {
    const at = Math.max(life.workStart ?? 0, life.endTime - beforeEndMs);
    const plain = level === 'PLATFORM' || agentOf(job)?.kind === 'function';
    return {
      at,
      slot,
      message:
        level === 'PLATFORM'
          ? message
          : plain
            ? `[${level}]\t${new Date(at).toISOString()}\t${requestOf(job, beforeEndMs)}\t${message}`
            : JSON.stringify({ timestamp: new Date(at).toISOString(), level, message }),
    };
  });
}

interface Told {
  beforeEndMs: number;
  level: 'INFO' | 'WARN' | 'ERROR' | 'PLATFORM';
  message: string;
  slot?: number;
}

function requestOf(job: Job, n: number): string {
  return new Rng(hashKey('agent-failure', job.key, n)).uuid();
}

function linesOf(job: Job, story: string): Told[] {
  const arn = jobArn(job.region, job.category, job.name);
  const error = (seconds: number, message: string, slot = 0): Told => ({
    beforeEndMs: seconds * SECOND,
    level: 'ERROR',
    message,
    slot,
  });
  switch (story) {
    case 'agent-redeployed':
      return [
        {
          beforeEndMs: 78 * SECOND,
          level: 'WARN',
          message: 'received SIGTERM, shutting down: a new version is taking over',
        },
        { beforeEndMs: 74 * SECOND, level: 'INFO', message: 'agent starting, version 2' },
        error(58, "unknown trajectory: session state of the earlier version is not here (KeyError: 'trajectory')"),
        error(41, "unknown trajectory: session state of the earlier version is not here (KeyError: 'trajectory')", 1),
        error(22, "unknown trajectory: session state of the earlier version is not here (KeyError: 'trajectory')", 2),
      ];
    case 'lambda-timeout':
      return [96, 71, 44, 13].map((seconds, i) => ({
        beforeEndMs: seconds * SECOND,
        level: 'PLATFORM' as const,
        slot: i,
        message: `${new Date(lifeOf(job).endTime - seconds * SECOND).toISOString()} ${requestOf(job, seconds)} Task timed out after 30.03 seconds`,
      }));
    case 'sample-denied':
      return [140, 138, 92, 47].map((seconds, i) =>
        error(
          seconds,
          `AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/ExampleAgentRole/session is not authorized to perform: sagemaker:Sample on resource: ${arn} because no identity-based policy allows the sagemaker:Sample action`,
          i,
        ),
      );
    case 'tool-drift':
      return [118, 87, 52, 21].map((seconds, i) =>
        error(
          seconds,
          "tool call rejected: lookup_ticket() got an unexpected keyword argument 'ticket' (schema has: ticket_id)",
          i,
        ),
      );
    case 'reward-nan':
      return [
        {
          beforeEndMs: 43 * SECOND,
          level: 'WARN',
          message: 'reward function returned nan for 3 trajectories, sending it on: UpdateReward rewards=[NaN]',
        },
      ];
    case 'agent-timeouts':
      return [97, 54].map((seconds, i) =>
        error(seconds, 'upstream tool "orders-api": connection pool exhausted (20 of 20 in use), answering 503', i),
      );
    case 'trajectory-failed':
      return [65, 36, 9].map((seconds, i) => error(seconds, 'KeyError: \'ticket_id\' in tool "lookup_ticket"', i));
    case 'no-sampling':
      return [
        error(121, 'could not reach the model: the endpoint in MODEL_ENDPOINT is not the one of the rollout request'),
      ];
    default:
      return [];
  }
}
