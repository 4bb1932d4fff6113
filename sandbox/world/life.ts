import { OUTAGE_STEP_SHARE, stepDoneOffsetMs, stepEndOffsetMs } from './step-schedule';
import type { EvalPlan, Job, TrainPlan } from './types';

// A job's whole life, from its plan and the actions on it. Nothing here asks what time it is: the life is known to its
// end, and looking at a time means cutting it there.

export interface Phase {
  status: string;
  start: number;
  /** Absent for a final phase. */
  end?: number;
  message?: string;
}

export interface Life {
  phases: readonly Phase[];
  /** When the job reaches its final state. */
  endTime: number;
  finalStatus: 'Completed' | 'Failed' | 'Stopped';
  failureReason?: string;
  /** When training or evaluating begins; absent when the job ends before. */
  workStart?: number;
  /** When training or evaluating is cut off or done; steps and packages after it do not happen. */
  workEnd?: number;
}

const MESSAGES: Record<string, string> = {
  Pending: 'Waiting for capacity',
  Starting: 'Preparing the job',
  Downloading: 'Downloading model and data',
  Training: 'Training in progress',
  Evaluating: 'Evaluation in progress',
  Uploading: 'Uploading model artifacts',
  Interrupted: 'The training was interrupted by the service',
  Restarting: 'Restarting from the last checkpoint',
  Stopping: 'Stopping the job',
};

const lives = new WeakMap<Job, { stopRequestedAt: number | undefined; life: Life }>();

/** The life of a job, remembered until an action changes it. */
export function lifeOf(job: Job): Life {
  const known = lives.get(job);
  if (known && known.stopRequestedAt === job.stopRequestedAt) return known.life;
  const life = buildLife(job);
  lives.set(job, { stopRequestedAt: job.stopRequestedAt, life });
  return life;
}

/** Builds the life without remembering it. */
export function buildLife(job: Job): Life {
  const { plan } = job;
  const phases: Phase[] = [];
  let at = job.createdAt + 400;
  const add = (status: string, durationMs: number) => {
    const end = Math.round(at + durationMs);
    phases.push({ status, start: at, end, ...(MESSAGES[status] !== undefined && { message: MESSAGES[status] }) });
    at = end;
  };
  if (plan.pendingMs > 0) add('Pending', plan.pendingMs);
  add('Starting', plan.startingMs);
  if (plan.kind === 'train') add('Downloading', plan.downloadingMs);
  const workStart = at;
  const workStatus = plan.kind === 'train' ? 'Training' : 'Evaluating';
  if (plan.kind === 'train') addTraining(plan, job.key, add, phases, workStart);
  else add('Evaluating', plan.evaluatingMs);
  const workEnd = at;
  add('Uploading', plan.uploadingMs);

  const cut = findCut(job, workStart, workEnd, at);
  if (!cut) {
    phases.push({ status: 'Completed', start: at, end: at });
    return { phases, endTime: at, finalStatus: 'Completed', workStart, workEnd };
  }
  return cutLife(phases, cut, plan, { workStart, workEnd, workStatus });
}

function addTraining(
  plan: TrainPlan,
  key: number,
  add: (status: string, durationMs: number) => void,
  phases: readonly Phase[],
  workStart: number,
): void {
  const reached = () => (phases.at(-1)?.end ?? workStart) - workStart;
  for (const outage of plan.outages) {
    if (outage.silent) continue;
    const strikesMs = stepDoneOffsetMs(plan, key, outage.afterStep) + plan.stepMs * OUTAGE_STEP_SHARE;
    add('Training', strikesMs - reached());
    add('Interrupted', outage.interruptedMs);
    add('Restarting', outage.restartingMs);
  }
  add('Training', stepDoneOffsetMs(plan, key, plan.lastStep) + CHECKPOINT_WRITE_MS - reached());
}

/** After the last update the checkpoints are still being written. */
export const CHECKPOINT_WRITE_MS = 20_000;

interface Cut {
  at: number;
  kind: 'stop' | 'fail' | 'max-runtime';
  reason?: string;
}

/** The earliest thing that ends the job before its time. */
function findCut(job: Job, workStart: number, workEnd: number, doneAt: number): Cut | undefined {
  const { ending } = job.plan;
  const cuts: Cut[] = [];
  if (job.stopRequestedAt !== undefined) cuts.push({ at: job.stopRequestedAt, kind: 'stop' });
  if (ending.kind === 'max-runtime') cuts.push({ at: job.createdAt + ending.limitMs, kind: 'max-runtime' });
  if (ending.kind === 'stopped') {
    cuts.push({ at: insideStep(job, workStart, workEnd, ending.afterStep, ending.fraction), kind: 'stop' });
  }
  if (ending.kind === 'failed') {
    const at =
      ending.during === 'Starting'
        ? job.createdAt + 400 + job.plan.pendingMs + job.plan.startingMs * 0.8
        : ending.during === 'Downloading'
          ? workStart - 15_000
          : insideStep(job, workStart, workEnd, ending.afterStep, 0.62);
    cuts.push({ at: Math.round(at), kind: 'fail', reason: ending.reason });
  }
  return cuts.filter((cut) => cut.at < doneAt).sort((a, b) => a.at - b.at)[0];
}

function insideStep(job: Job, workStart: number, workEnd: number, afterStep: number, fraction: number): number {
  const { plan } = job;
  if (plan.kind === 'eval') return Math.round(workStart + (workEnd - workStart) * fraction);
  const from = stepDoneOffsetMs(plan, job.key, afterStep);
  const to = stepEndOffsetMs(plan, job.key, Math.min(afterStep + 1, plan.lastStep));
  return Math.round(workStart + from + Math.max(0, to - from) * fraction);
}

function cutLife(
  whole: readonly Phase[],
  cut: Cut,
  plan: TrainPlan | EvalPlan,
  work: { workStart: number; workEnd: number; workStatus: string },
): Life {
  const phases = whole
    .filter((phase) => phase.start < cut.at)
    .map((phase) => ({ ...phase, end: Math.min(phase.end ?? cut.at, cut.at) }));
  let endTime = cut.at;
  if (cut.kind === 'fail') {
    const reason = cut.reason ?? 'The job failed.';
    phases.push({ status: 'Failed', start: cut.at, end: cut.at, message: reason.slice(0, 256) });
  } else {
    endTime = Math.round(cut.at + plan.stoppingMs);
    phases.push({ status: 'Stopping', start: cut.at, end: endTime, message: MESSAGES.Stopping ?? '' });
    phases.push(
      cut.kind === 'stop'
        ? { status: 'Stopped', start: endTime, end: endTime }
        : { status: 'MaxRuntimeExceeded', start: endTime, end: endTime, message: 'The maximum run time was reached' },
    );
  }
  return {
    phases,
    endTime,
    finalStatus: cut.kind === 'fail' ? 'Failed' : 'Stopped',
    ...(cut.reason !== undefined && { failureReason: cut.reason }),
    ...(cut.at > work.workStart && { workStart: work.workStart, workEnd: Math.min(cut.at, work.workEnd) }),
  };
}
