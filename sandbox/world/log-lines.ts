import { hashKey, Rng, unitAt } from '../rng';
import { effectiveHyperParameters, numberOf, sentHyperParameters } from './hyperparameters';
import { stepEndTime } from './job-state';
import { lifeOf } from './life';
import { transitionLines } from './log-phases';
import { agentName, failureLines, type LogLevel } from './log-stories';
import { metricHistory, stepReward } from './metrics';
import { checkpointTime } from './package-group';
import { collapseStepOf } from './reward';
import { collectStartsMs, isSaved, isValidated, stepEndOffsetMs, stepsDoneAt } from './step-schedule';
import type { Job } from './types';

// The job's own log, computed for the time asked. Each step's lines depend on nothing but the step, so the log of a
// long job can be entered at its end.

export interface LogLine {
  stream: string;
  /** Epoch milliseconds. */
  timestamp: number;
  message: string;
}

export interface RawLine {
  at: number;
  level: LogLevel;
  source: 'trainer' | 'rollout' | 'platform';
  text: string;
}

/** The names of a job's log streams: `<job-name>/<id>-algo-1`, for some jobs a second one for the rollout workers. */
export function logStreams(job: Job): string[] {
  const id = new Rng(hashKey('stream', job.key)).hex(10);
  const first = `${job.name}/${id}-algo-1`;
  return job.quirks.twoLogStreams ? [first, `${job.name}/${id}-algo-2`] : [first];
}

/** When the first line of a job's log is written: there is no log before. */
export function logBegins(job: Job): number {
  return job.createdAt + LOG_DELAY_MS;
}
/** Capacity comes first; until then there is nowhere to log. */
const LOG_DELAY_MS = 45_000;

/** The lines with `fromMs` <= timestamp < `toMs`, in order. Callers cut `toMs` at now. */
export function logLines(job: Job, fromMs: number, toMs: number): LogLine[] {
  const lines: RawLine[] = [...transitionLines(job), ...endLines(job)];
  if (job.plan.kind === 'train') lines.push(...trainingLines(job, fromMs, toMs));
  else lines.push(...evaluationLines(job));
  const streams = logStreams(job);
  const begins = logBegins(job);
  return lines
    .filter((line) => line.at >= fromMs && line.at < toMs && line.at >= begins)
    .sort((a, b) => a.at - b.at)
    .map((line) => ({
      stream: (line.source === 'rollout' ? streams.at(-1) : streams[0]) ?? '',
      timestamp: line.at,
      message: `${new Date(line.at).toISOString()} ${line.level.padEnd(5)} ${line.source}: ${line.text}`,
    }));
}

/** When the last line of a job's log by `t` was written; undefined while there is none. */
export function lastLogTime(job: Job, t: number): number | undefined {
  for (const backMs of [600_000, 3_600_000, Number.POSITIVE_INFINITY]) {
    const last = logLines(job, Math.max(0, Math.min(t, lifeOf(job).endTime) - backMs), t + 1).at(-1);
    if (last) return last.timestamp;
  }
  return undefined;
}

function endLines(job: Job): RawLine[] {
  const life = lifeOf(job);
  const { ending } = job.plan;
  if (life.finalStatus !== 'Failed' || ending.kind !== 'failed') return [];
  return failureLines(job, ending.story, ending.reason).map((line) => ({
    at: life.endTime - line.beforeEndMs,
    level: line.level,
    source: line.source,
    text: line.text,
  }));
}

function trainingLines(job: Job, fromMs: number, toMs: number): RawLine[] {
  const { plan } = job;
  const { workStart, workEnd } = lifeOf(job);
  if (plan.kind !== 'train' || workStart === undefined || workEnd === undefined) return [];
  const lines: RawLine[] = [];
  if (plan.baselineValidation) lines.push(...validationLines(job, 0, workStart + plan.validationMs));
  const first = Math.max(plan.firstStep, stepsDoneAt(plan, job.key, fromMs - workStart) - 1);
  for (let step = first; step <= plan.lastStep; step++) {
    const begin = stepBegin(job, step);
    if (begin === undefined || begin >= toMs) break;
    lines.push(...stepLines(job, step, begin).filter((line) => line.at <= workEnd));
  }
  return lines;
}

/** When a step begins to collect: after the step before it and that one's validation. Undefined when it never does. */
function stepBegin(job: Job, step: number): number | undefined {
  const { plan } = job;
  const { workStart, workEnd } = lifeOf(job);
  if (plan.kind !== 'train' || workStart === undefined || workEnd === undefined) return undefined;
  if (step > plan.firstStep && stepEndTime(job, step - 1) === undefined) return undefined;
  const begin = workStart + collectStartsMs(plan, job.key, step).first + 1_000;
  return begin < workEnd ? begin : undefined;
}

function stepLines(job: Job, step: number, begin: number): RawLine[] {
  const { plan } = job;
  if (plan.kind !== 'train') return [];
  const values = effectiveHyperParameters(job.category, job.baseModel, sentHyperParameters(job.document));
  const groups = numberOf(values, 'global_batch_size');
  const perGroup = numberOf(values, 'group_size');
  const total = groups * perGroup;
  const end = stepEndTime(job, step);
  // A step that is cut short logs until the cut what it would have logged anyway.
  const workStart = lifeOf(job).workStart ?? begin;
  const planned = workStart + stepEndOffsetMs(plan, job.key, step);
  const { again } = collectStartsMs(plan, job.key, step);
  const start = again === undefined ? begin : workStart + again + 1_000;
  const span = planned - start;
  const u = (n: number) => unitAt(job.key, 91, step, n);
  const line = (share: number, source: RawLine['source'], text: string, level: LogLevel = 'INFO'): RawLine => ({
    at: Math.round(start + span * share),
    level,
    source,
    text,
  });
  const lines = [
    // A step struck by an outage is collected again from nothing.
    ...(again === undefined ? [] : [{ ...line(0, 'trainer', `step ${step}/${plan.lastStep}: collecting`), at: begin }]),
    line(0, 'trainer', `step ${step}/${plan.lastStep}: collecting ${total} rollouts (${groups} prompts x ${perGroup})`),
    line(0.24, 'rollout', `step ${step}: ${Math.round(total * (0.26 + 0.06 * u(1)))} of ${total} rollouts complete`),
    line(0.47, 'rollout', `step ${step}: ${Math.round(total * (0.6 + 0.08 * u(2)))} of ${total} rollouts complete`),
    line(0.73, 'rollout', `step ${step}: ${total} of ${total} rollouts complete`),
  ];
  if (u(3) < 0.11) {
    const who = `rollout ${Math.floor(u(4) * perGroup)} of group ${Math.floor(u(5) * groups)}`;
    lines.push(
      line(
        0.3 + 0.3 * u(6),
        'rollout',
        `${who}: attempt 1 of 3 failed (agent ${agentName(job)} closed the connection), retrying`,
        'WARN',
      ),
    );
  }
  if (end === undefined) return lines;
  lines.push(...updateLines(job, step, end, line));
  if (isValidated(plan, step)) lines.push(...validationLines(job, step, end + plan.validationMs));
  return lines;
}

function updateLines(
  job: Job,
  step: number,
  end: number,
  line: (share: number, source: RawLine['source'], text: string, level?: LogLevel) => RawLine,
): RawLine[] {
  const { plan } = job;
  const values = effectiveHyperParameters(job.category, job.baseModel, sentHyperParameters(job.document));
  const u = (n: number) => unitAt(job.key, 92, step, n);
  const reward = stepReward(job, step, end) ?? 0;
  const collapse = collapseStepOf(job);
  const wild = collapse !== undefined && Math.abs(step - collapse - 2) < 6;
  const norm = (wild ? 6 + 20 * u(1) : 0.25 + 0.4 * u(1)).toFixed(3);
  const rate = numberOf(values, 'learning_rate').toExponential(1);
  const lines = [
    line(0.75, 'trainer', `step ${step}: advantages ready, reward mean=${reward.toFixed(4)}`),
    line(
      0.97,
      'trainer',
      `step ${step}: policy updated lr=${rate} grad_norm=${norm} loss=${(0.02 * u(2) - 0.01).toFixed(5)}`,
    ),
  ];
  if (wild) {
    lines.push(
      line(0.975, 'trainer', `step ${step}: gradient norm far above the clip of 1.0, policy may be diverging`, 'WARN'),
    );
  }
  if (plan.kind === 'train' && isSaved(plan, step)) {
    for (const kind of ['resumable', 'model'] as const) {
      const at = checkpointTime(job, step, kind);
      const group = kind === 'resumable' ? job.intermediateGroup : job.outputGroup;
      if (at === undefined) continue;
      lines.push({
        at,
        level: 'INFO',
        source: 'trainer',
        text: `step ${step}: ${kind} checkpoint registered in ${group ?? '-'}`,
      });
    }
  }
  return lines;
}

function validationLines(job: Job, step: number, at: number): RawLine[] {
  const mean = metricHistory(job, 'val/reward/mean', at).find((point) => point.step === step)?.value;
  if (mean === undefined) return [];
  return [
    {
      at,
      level: 'INFO',
      source: 'trainer',
      text: `validation at step ${step}: reward mean=${mean.toFixed(4)} over 100 prompts`,
    },
  ];
}

function evaluationLines(job: Job): RawLine[] {
  const { plan } = job;
  const { workStart, workEnd, finalStatus } = lifeOf(job);
  if (plan.kind !== 'eval' || workStart === undefined || workEnd === undefined) return [];
  const total = plan.prompts * plan.groupSize;
  const lines: RawLine[] = [];
  for (let share = 0.1; share < 1; share += 0.1) {
    const at = Math.round(workStart + plan.evaluatingMs * share);
    if (at > workEnd) break;
    lines.push({
      at,
      level: 'INFO',
      source: 'rollout',
      text: `${Math.floor(total * share)} of ${total} rollouts complete`,
    });
  }
  const mean = metricHistory(job, 'eval/reward/mean', workEnd)[0]?.value;
  if (finalStatus === 'Completed' && mean !== undefined) {
    lines.push({
      at: workEnd,
      level: 'INFO',
      source: 'trainer',
      text: `evaluation done: reward mean=${mean.toFixed(4)} over ${plan.prompts} prompts`,
    });
  }
  return lines;
}
