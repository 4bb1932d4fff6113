import type { DiagnosisCheck } from '../contract/diagnosis';
import type { JobDetail } from '../contract/jobs';
import type { StoryResponse } from '../contract/story';
import type { JobAgent } from '../jobs/agent';
import { jobStatusFacts, secondaryStatusFacts } from '../jobs/status';
import { formatInteger, formatPlural } from '../shared/format';
import { formatDataEventCommand } from './data-event-command';
import { callsAsOf, callsDelay, callsPlace } from './rollout-calls';

/** The story has the words whole. */
const MAX_CHARS = 220;
const cut = (text: string) => (text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS).trimEnd()} …` : text);

/** The checks that follow from what the catalog and the story know. Those that ask AWS are the server's. */

export function statusCheck(job: JobDetail): DiagnosisCheck {
  const bad = job.jobStatus === 'Failed' || job.secondaryStatus === 'MaxRuntimeExceeded';
  const phase = job.transitions.findLast(({ status }) => !jobStatusFacts(status).final && status !== 'Failed');
  const during = phase && bad ? ` It was ${secondaryStatusFacts(phase.status).label.toLowerCase()} before.` : '';
  return {
    id: 'status',
    title: 'Job status and phase',
    state: bad ? 'fail' : 'pass',
    evidence: `AWS says ${job.jobStatus}, ${job.secondaryStatus}.${during}${job.failureReason ? ` Reason: ${job.failureReason}` : ''}`,
  };
}

/** `stalled`: in words, since when no step came. Nothing to check for a job that does not train. */
export function paceCheck(job: JobDetail, stalled: string | undefined): DiagnosisCheck[] {
  if (job.secondaryStatus !== 'Training' || jobStatusFacts(job.jobStatus).final) return [];
  const title = 'Steps keep coming';
  if (!stalled) return [{ id: 'pace', title, state: 'pass', evidence: 'The last step came within the usual time.' }];
  return [
    {
      id: 'pace',
      title,
      state: 'fail',
      evidence: stalled,
      todo: 'Look at the agent first: rollouts that never end hold a step up. A stop keeps the last checkpoint.',
    },
  ];
}

export function logCheck(story: StoryResponse, source: 'job-log' | 'agent-log', title: string): DiagnosisCheck {
  const read = story.sources.find((state) => state.source === source);
  const errors = story.entries.filter((entry) => entry.source === source && entry.level === 'error');
  const [first] = errors;
  if (read?.state === 'denied' || read?.state === 'failed') {
    return { id: source, title, state: 'could-not', evidence: read.note ?? 'It could not be read.' };
  }
  if (read?.state === 'none') {
    return {
      id: source,
      title,
      state: 'warn',
      evidence: read.note ?? 'There is none.',
      todo: read.note?.includes('There is no log group')
        ? 'A log that was never written means the agent or the job never started, or its log group has another name.'
        : 'Silence where lines should come: what writes this log hung, was ended, or writes elsewhere.',
    };
  }
  const many = errors.reduce((sum, { count }) => sum + count, 0);
  return {
    id: source,
    title,
    state: first ? 'fail' : 'pass',
    evidence: first
      ? `${formatPlural(many, 'error line')} near the end; the first: ${cut(first.text)}`
      : 'It can be read and holds no error near the end.',
  };
}

export function rolloutCheck(job: JobDetail, story: StoryResponse): DiagnosisCheck {
  const title = 'Rollouts were invoked';
  const sampled = job.tokens?.sample ?? 0;
  const neverWorked = story.causes.some(({ id }) => id === 'capacity') && sampled === 0;
  if (/no sampling requests/i.test(job.failureReason ?? '')) {
    return {
      id: 'rollouts',
      title,
      state: 'fail',
      evidence: 'AWS received no sampling request from the agent.',
      todo: 'Look at the agent’s log: it crashed, points elsewhere, or may not call Sample.',
    };
  }
  if (sampled > 0) {
    return {
      id: 'rollouts',
      title,
      state: 'pass',
      evidence: `The model sampled ${formatInteger(sampled)} tokens for rollouts.`,
    };
  }
  return {
    id: 'rollouts',
    title,
    state: neverWorked ? 'fail' : 'warn',
    evidence: 'AWS has counted no sampled token for this job.',
  };
}

export function agentKindCheck(agent: JobAgent): DiagnosisCheck {
  const base = { id: 'agent', title: 'Kind of agent' };
  if (agent.kind === 'unknown') {
    return { ...base, state: 'could-not', evidence: 'The config document names no agent that Cairn can read.' };
  }
  const evidence =
    agent.kind === 'agentcore'
      ? `Bedrock AgentCore, ${agent.runtimeId}, endpoint ${agent.qualifier}.`
      : `A Lambda function forwards rollouts: ${agent.name}.`;
  return { ...base, state: 'pass', evidence };
}

/** The agents' calls as a trail recorded them, or how to have one record them. */
export function dataEventCheck(region: string, job: JobDetail, story: StoryResponse): DiagnosisCheck {
  const base = { id: 'data-events', title: 'Rollout calls in CloudTrail' };
  const read = story.sources.find(({ source }) => source === 'rollout-calls');
  const switchOn = {
    todo: read?.eventDataStore
      ? 'To switch them on for this job, run this. Such events are billed, and the command replaces all selectors of the store: where it keeps management events too, add its own selector for them first.'
      : 'To switch them on for this job, run this for a trail that writes to CloudWatch Logs, and name its log group in CAIRN_TRAIL_LOG_GROUP; where a CloudTrail Lake event data store records them, name its ARN in CAIRN_TRAIL_LAKE instead. Such events are billed, and the command replaces the trail’s selectors.',
    snippet: formatDataEventCommand(region, job.jobArn, read?.eventDataStore),
  };
  if (!read) {
    return {
      ...base,
      state: 'not-run',
      evidence:
        'Sample, CompleteRollout and UpdateReward are data events, which CloudTrail records only where it is told to, and never for a time that has passed. Cairn was given no log group and no event data store with them.',
      ...switchOn,
    };
  }
  if (read.state === 'denied' || read.state === 'failed') {
    return { ...base, state: 'could-not', evidence: read.note ?? 'They could not be read.' };
  }
  if (read.state === 'reading') return { ...base, state: 'not-run', evidence: read.note ?? 'Still being read.' };
  const minutes = story.callMinutes ?? [];
  const sum = (name?: string) =>
    minutes.reduce(
      (all, { calls }) => all + (name ? (calls[name] ?? 0) : Object.values(calls).reduce((a, b) => a + b, 0)),
      0,
    );
  if (sum() === 0 && read.asOf) {
    return {
      ...base,
      state: 'warn',
      evidence: read.note ?? `There are none yet. ${callsDelay(read)}`,
      todo: 'Look again once they can be there: only then does silence tell that calls stopped, or that data events are off.',
    };
  }
  if (sum() === 0) return { ...base, state: 'warn', evidence: read.note ?? 'There are none.', ...switchOn };
  const refused = minutes.reduce((all, minute) => all + minute.refused, 0);
  const counts = [
    `${formatInteger(sum('Sample') + sum('SampleWithResponseStream'))} Sample`,
    `${formatInteger(sum('UpdateReward'))} UpdateReward`,
    `${formatInteger(sum('CompleteRollout'))} CompleteRollout`,
  ].join(', ');
  const found = `${counts} near the end, from ${callsPlace(read)}${callsAsOf(read)}`;
  const first = story.entries.find(({ source, level }) => source === 'rollout-calls' && level === 'error');
  if (refused > 0) {
    return {
      ...base,
      state: 'fail',
      evidence: `${found}; ${formatInteger(refused)} were refused. ${cut(first?.text ?? '')}`.trim(),
      todo: 'The agent’s role needs the action named in the error on the job’s ARN.',
    };
  }
  return { ...base, state: 'pass', evidence: `${found}; none was refused.` };
}

/** What was refused to Cairn itself, from the words of everything that could not be read. */
export function permissionCheck(checks: readonly DiagnosisCheck[], story: StoryResponse): DiagnosisCheck {
  const denied = [
    ...checks.filter(({ state }) => state === 'could-not').map(({ evidence }) => evidence),
    ...story.sources.filter(({ state }) => state === 'denied').map(({ note }) => note ?? ''),
  ];
  const actions = [...new Set(denied.flatMap((text) => text.match(/\b[a-z-]+:[A-Z]\w+/g) ?? []))];
  return {
    id: 'permissions',
    title: 'Permissions of Cairn',
    state: actions.length > 0 ? 'warn' : 'pass',
    evidence: actions.length > 0 ? `Cairn’s role lacks ${actions.join(', ')}.` : 'Nothing Cairn asked for was refused.',
    ...(actions.length > 0 ? { todo: 'Allow them in the policy of Cairn’s role; the README has it whole.' } : {}),
  };
}
