import { findBaseModel } from '../data/base-models';
import { packageArn } from './arns';
import { sentHyperParameters } from './hyperparameters';
import { lifeOf, type Phase } from './life';
import type { RawLine } from './log-lines';
import { agentName } from './log-stories';
import type { Job } from './types';

/** The lines of a job's phases: start, download, interruptions, upload, end. */
export function transitionLines(job: Job): RawLine[] {
  return [...extraLines(job), ...lifeOf(job).phases.flatMap((phase) => phaseLines(job, phase))];
}

function extraLines(job: Job): RawLine[] {
  const texts = job.overrides?.logTexts ?? [];
  return texts.map((text, i) => ({ at: job.createdAt + 60_000 + i * 1_000, level: 'INFO', source: 'trainer', text }));
}

function phaseLines(job: Job, phase: Phase): RawLine[] {
  const { start } = phase;
  const span = (phase.end ?? start) - start;
  const line = (
    share: number,
    text: string,
    source: RawLine['source'] = 'platform',
    level: RawLine['level'] = 'INFO',
  ) => ({
    at: Math.round(start + span * share),
    level,
    source,
    text,
  });
  switch (phase.status) {
    case 'Starting':
      return [
        line(0.3, `job ${job.name} (${job.category}), config schema ${job.schemaVersion}`),
        line(0.32, `base model ${findBaseModel(job.baseModel)?.displayName ?? job.baseModel}`),
        line(0.34, `hyperparameters ${JSON.stringify(sentHyperParameters(job.document))}`),
        line(0.7, 'capacity is ready, container started'),
        line(0.9, `agent ${agentName(job)} answered the connection check`, 'rollout'),
        // An evaluation has no download of its own phase.
        ...(job.category === 'AgentRFTEvaluation' ? [line(0.95, startingPoint(job), 'trainer')] : []),
      ];
    case 'Downloading':
      return [
        line(0.02, 'downloading model weights'),
        line(0.35, 'model weights: 40 %'),
        line(0.7, 'model weights: 80 %'),
        line(0.88, 'model weights and data are here'),
        line(0.95, startingPoint(job), 'trainer'),
      ];
    case 'Interrupted':
      return [line(0.01, 'the instance was taken back by the service; training will restart', 'platform', 'WARN')];
    case 'Restarting':
      return [
        line(0.1, 'new instance started'),
        line(0.8, 'state restored from the last resumable checkpoint', 'trainer'),
      ];
    case 'Uploading':
      return [line(0.05, 'uploading artifacts'), line(0.95, 'artifacts uploaded')];
    case 'Stopping':
      return [
        line(0.02, 'stop requested, ending after the rollouts in flight'),
        line(0.8, 'promoting the last resumable checkpoint, best effort', 'trainer'),
      ];
    case 'Stopped':
      return [line(0, 'job stopped')];
    case 'MaxRuntimeExceeded':
      return [line(0, 'job stopped: the maximum run time was reached', 'platform', 'WARN')];
    case 'Completed':
      return [line(0, 'job completed')];
    default:
      return [];
  }
}

function startingPoint(job: Job): string {
  const { parent } = job;
  if (!parent) return 'starting from the base model';
  const arn = packageArn(job.region, parent.group, parent.version);
  if (parent.kind === 'resume') return `resuming at step ${parent.step + 1} from ${arn}`;
  return parent.kind === 'iterate' ? `starting at step 1 from the adapter ${arn}` : `evaluating the adapter ${arn}`;
}
