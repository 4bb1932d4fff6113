import Link from 'next/link';
import { CheckpointIcon } from '@/components/ui/checkpoint-icon';
import { Panel } from '@/components/ui/panel';
import type { JobDetail } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import { formatInteger } from '@/lib/shared/format';
import classes from './detail.module.css';
import { Identifier } from './identifier';

/** How many checkpoints the job left, of which kind, and the one to go on from. */
export function CheckpointsPanel({ job, region }: { job: JobDetail; region: string }) {
  const { resumable, model, lastResumableStep } = job.checkpoints;
  const href = pagePaths.job(region, job.jobCategory, job.jobName, 'checkpoints');
  const none = resumable + model === 0;
  return (
    <Panel
      title="Checkpoints"
      actions={
        none ? null : (
          <Link href={href} className={classes.link}>
            All checkpoints
          </Link>
        )
      }
    >
      {none ? (
        <p className={classes.note}>{noneWords(job)}</p>
      ) : (
        <ul className={classes.counts}>
          <li>
            <CheckpointIcon kind="resumable" sizePx={14} />
            <span>
              <strong>{formatInteger(resumable)}</strong> resumable
              {lastResumableStep === undefined ? '' : `, the last at step ${formatInteger(lastResumableStep)}`}
            </span>
          </li>
          <li>
            <CheckpointIcon kind="model" sizePx={14} />
            <span>
              <strong>{formatInteger(model)}</strong> model
            </span>
          </li>
        </ul>
      )}
      {job.outputPackageArn ? (
        <div className={classes.output}>
          <span className={classes.dim}>{job.jobStatus === 'Completed' ? 'Final' : 'Promoted'}</span>
          <Identifier
            value={job.outputPackageArn}
            what="output checkpoint ARN"
            shown={job.outputPackageArn.split(':model-package/')[1]}
          />
        </div>
      ) : null}
    </Panel>
  );
}

/** Why there are none, as far as it is known. */
export function noneWords(job: JobDetail): string {
  if (job.jobCategory === 'AgentRFTEvaluation') return 'An evaluation makes no checkpoints.';
  if (job.jobStatus === 'InProgress') return 'None yet. The first twins come at the end of the first step.';
  return 'No checkpoint is known to come from this job. Cairn shows only those it can attribute by evidence.';
}
