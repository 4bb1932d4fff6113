import type { FailureStory, Job } from './types';

export type LogLevel = 'INFO' | 'WARN' | 'ERROR';

/** A line of a failing job, placed by how long before the end it was written. */
export interface StoryLine {
  beforeEndMs: number;
  level: LogLevel;
  source: 'trainer' | 'rollout' | 'platform';
  text: string;
}

const SECOND = 1_000;

function traceback(error: string, detail: string): string[] {
  return [
    'Traceback (most recent call last):',
    '  File "/opt/mtrl/rollout/engine.py", line 412, in collect_step',
    '    results = await self._gather(groups, timeout=self.config.rollout_timeout)',
    '  File "/opt/mtrl/rollout/engine.py", line 268, in _gather',
    `    raise ${error}(rollout.id, rollout.attempts)`,
    `mtrl.rollout.errors.${error}: ${detail}`,
  ];
}

function ending(reason: string, lines: readonly string[]): StoryLine[] {
  const crash = lines.map(
    (text, i): StoryLine => ({
      beforeEndMs: 2_600 - i * 40,
      level: 'ERROR',
      source: 'trainer',
      text,
    }),
  );
  return [
    ...crash,
    {
      beforeEndMs: 900,
      level: 'INFO',
      source: 'trainer',
      text: 'promoting the last resumable checkpoint, best effort',
    },
    { beforeEndMs: 120, level: 'ERROR', source: 'platform', text: `job failed: ${reason}` },
  ];
}

/**
 * What a job's log says around its failure. The cause is written before its symptoms, as in life: whoever reads only the
 * last line sees the symptom.
 */
export function failureLines(job: Job, story: FailureStory, reason: string): StoryLine[] {
  const agent = agentName(job);
  const warn = (beforeEndMs: number, text: string): StoryLine => ({
    beforeEndMs,
    level: 'WARN',
    source: 'rollout',
    text,
  });
  const error = (beforeEndMs: number, text: string): StoryLine => ({
    beforeEndMs,
    level: 'ERROR',
    source: 'rollout',
    text,
  });
  switch (story) {
    case 'agent-timeouts':
      return [
        error(
          95 * SECOND,
          `agent ${agent} answered 503: upstream tool "orders-api": connection pool exhausted (20 of 20 in use, 41 waiting)`,
        ),
        warn(88 * SECOND, 'rollout 6 of group 3: no model call from the agent, its session is still open'),
        warn(71 * SECOND, 'rollout 6 of group 3: attempt 1 of 3 got no answer, retrying'),
        warn(66 * SECOND, 'rollouts 0 to 7 of group 4: attempt 1 of 3 got no answer, retrying'),
        error(
          52 * SECOND,
          `agent ${agent} answered 503: upstream tool "orders-api": connection pool exhausted (20 of 20 in use, 96 waiting)`,
        ),
        warn(38 * SECOND, 'rollout 6 of group 3: attempt 2 of 3 got no answer, retrying'),
        warn(19 * SECOND, 'most rollouts wait for the agent, few finished in the last 45 s'),
        error(6 * SECOND, 'rollout 6 of group 3: attempt 3 of 3 got no answer, giving up'),
        ...ending(
          reason,
          traceback('TrajectoryFailedError', 'agent reported status=failed for trajectory after 3 attempts'),
        ),
      ];
    case 'no-sampling':
      return [
        warn(300 * SECOND, `no sampling request from agent ${agent} within 300 s of the first invocation`),
        error(
          120 * SECOND,
          `agent ${agent}: model endpoint in its environment is not the one given in the rollout request`,
        ),
        ...ending(reason, traceback('NoSamplingError', 'no trajectory of the step sampled the policy')),
      ];
    case 'trajectory-failed':
      return [
        error(64 * SECOND, `agent ${agent}: KeyError: 'ticket_id' in tool "lookup_ticket"`),
        warn(61 * SECOND, 'rollout 5 of group 11: agent reported status=failed, attempt 1 of 3'),
        warn(34 * SECOND, 'rollout 5 of group 11: agent reported status=failed, attempt 2 of 3'),
        error(8 * SECOND, 'rollout 5 of group 11: agent reported status=failed, attempt 3 of 3'),
        ...ending(
          reason,
          traceback('TrajectoryFailedError', 'agent reported status=failed for trajectory after 3 attempts'),
        ),
      ];
    case 'capacity':
      return [
        { beforeEndMs: 90 * SECOND, level: 'WARN', source: 'platform', text: 'waiting for capacity, attempt 4' },
        { beforeEndMs: 200, level: 'ERROR', source: 'platform', text: `job failed: ${reason}` },
      ];
    case 'data-not-found':
      return [
        {
          beforeEndMs: 4 * SECOND,
          level: 'ERROR',
          source: 'platform',
          text: 'S3 ListObjectsV2: 0 objects under the given prefix',
        },
        { beforeEndMs: 200, level: 'ERROR', source: 'platform', text: `job failed: ${reason}` },
      ];
    case 'agent-denied':
      return [
        error(
          20 * SECOND,
          `invoking agent ${agent}: AccessDeniedException: the execution role may not perform bedrock-agentcore:InvokeAgentRuntime`,
        ),
        ...ending(reason, traceback('AgentInvocationError', 'the agent could not be invoked')),
      ];
    case 'reward-nan':
      return [
        error(40 * SECOND, 'UpdateReward: reward is NaN for 3 trajectories of group 17'),
        ...ending(reason, ['ValueError: advantages contain NaN after normalisation', 'aborting the optimizer step']),
      ];
    case 'agent-redeployed':
      return [
        error(57 * SECOND, `agent ${agent} answered 500: unknown trajectory`),
        warn(56 * SECOND, 'rollout 2 of group 9: attempt 1 of 3 failed, retrying'),
        error(40 * SECOND, `agent ${agent} answered 500: unknown trajectory`),
        error(21 * SECOND, `agent ${agent} answered 500: unknown trajectory`),
        ...ending(
          reason,
          traceback('TrajectoryFailedError', 'agent reported status=failed for trajectory after 3 attempts'),
        ),
      ];
    case 'lambda-timeout':
      return [
        warn(66 * SECOND, 'rollout 4 of group 7: attempt 1 of 3 got no answer from the function, retrying'),
        warn(39 * SECOND, 'rollout 4 of group 7: attempt 2 of 3 got no answer from the function, retrying'),
        error(9 * SECOND, 'rollout 4 of group 7: attempt 3 of 3 got no answer from the function, giving up'),
        ...ending(reason, traceback('AgentInvocationError', 'the function returned no answer')),
      ];
    case 'sample-denied':
      return [
        warn(30 * SECOND, `no sampling request from agent ${agent} within 120 s of the first invocation`),
        ...ending(reason, traceback('NoSamplingError', 'no trajectory of the step sampled the policy')),
      ];
    case 'session-quota':
      return [
        error(
          49 * SECOND,
          `invoking agent ${agent}: ServiceQuotaExceededException: the limit of active sessions of the account is reached`,
        ),
        error(
          27 * SECOND,
          `invoking agent ${agent}: ServiceQuotaExceededException: the limit of active sessions of the account is reached`,
        ),
        ...ending(reason, traceback('AgentInvocationError', 'the agent could not be invoked after 3 attempts')),
      ];
    case 'tool-drift':
      return [
        warn(60 * SECOND, 'rollout 1 of group 14: agent reported status=failed, attempt 1 of 3'),
        warn(33 * SECOND, 'rollout 1 of group 14: agent reported status=failed, attempt 2 of 3'),
        error(7 * SECOND, 'rollout 1 of group 14: agent reported status=failed, attempt 3 of 3'),
        ...ending(
          reason,
          traceback('TrajectoryFailedError', 'agent reported status=failed for trajectory after 3 attempts'),
        ),
      ];
    case 'capacity-wait':
      return [
        { beforeEndMs: 90 * SECOND, level: 'WARN', source: 'platform', text: 'waiting for capacity, attempt 11' },
        {
          beforeEndMs: 200,
          level: 'ERROR',
          source: 'platform',
          text: `no capacity in any zone of the region: ${reason}`,
        },
      ];
    case 'other':
      return ending(reason, ['RuntimeError: unexpected end of the training process (exit code 137)']);
  }
}

/** The agent's short name, from whichever kind of agent the document has. */
export function agentName(job: Job): string {
  const text = JSON.stringify(job.document.AgentConfig ?? '');
  return /runtime\/([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? /function:([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? 'agent';
}
