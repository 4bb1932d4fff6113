import Link from 'next/link';
import { CopyButton } from '@/components/ui/copy-button';
import { KeyValueList } from '@/components/ui/key-value-list';
import { MiddleCut } from '@/components/ui/middle-cut';
import { Missing } from '@/components/ui/missing';
import { Panel } from '@/components/ui/panel';
import { TimeText } from '@/components/ui/time-text';
import type { Checkpoint } from '@/lib/contract/checkpoints';
import { pagePaths } from '@/lib/contract/paths';
import classes from './checkpoint-view.module.css';

export const KIND_WORDS = {
  resumable: 'Resumable checkpoint',
  model: 'Model checkpoint',
  unknown: 'Checkpoint not described yet',
} as const;

/** Everything AWS and the catalog say of a checkpoint, with how each is known. */
export function CheckpointFacts({ region, checkpoint }: { region: string; checkpoint: Checkpoint }) {
  const { job, evidence, step, stepEvidence, twin, s3Uri, baseModel } = checkpoint;
  return (
    <Panel title="What it is">
      <KeyValueList
        items={[
          { key: 'status', label: 'Status', value: checkpoint.packageStatus },
          {
            key: 'step',
            label: 'Step',
            value:
              step === undefined ? (
                <Missing reason="Nothing names the step of this checkpoint" />
              ) : (
                <>
                  {step}
                  {stepEvidence === 'counted' ? <span className={classes.dim}> counted, not named</span> : null}
                </>
              ),
          },
          {
            key: 'job',
            label: 'Made by',
            value: job ? (
              <Link
                className={classes.link}
                href={pagePaths.job(region, job.jobCategory, job.jobName)}
                aria-label={job.jobName}
              >
                <MiddleCut text={job.jobName} mono />
              </Link>
            ) : (
              <Missing reason="No evidence ties it to a job; Cairn guesses none" />
            ),
          },
          {
            key: 'evidence',
            label: 'How it is known',
            value: evidence ? evidence.detail : <Missing reason="No evidence was kept" />,
          },
          {
            key: 'twin',
            label: 'Twin',
            value: twin ? (
              <Link className={classes.link} href={pagePaths.checkpoint(region, twin.group, twin.version)}>
                <MiddleCut text={`${twin.group}/${twin.version}`} mono />
              </Link>
            ) : (
              <Missing reason="No checkpoint of the other kind is known for this step" />
            ),
          },
          { key: 'model', label: 'Base model', value: baseModel ?? <Missing reason="AWS does not say it" /> },
          ...(checkpoint.isOutput ? [{ key: 'output', label: 'Output', value: 'The job names it as its output' }] : []),
          {
            key: 's3',
            label: 'Stored in',
            value: s3Uri ? (
              <span className={classes.inline}>
                <MiddleCut text={s3Uri} tailLength={18} mono focusable />
                <CopyButton value={s3Uri} what="S3 location" />
              </span>
            ) : (
              <Missing reason="AWS does not show its S3 location, as in restricted groups of Nova models" />
            ),
          },
          {
            key: 'arn',
            label: 'Package ARN',
            value: (
              <span className={classes.inline}>
                <MiddleCut text={checkpoint.packageArn} tailLength={18} mono focusable />
                <CopyButton value={checkpoint.packageArn} what="package ARN" />
              </span>
            ),
          },
          ...(checkpoint.registrationType
            ? [{ key: 'registration', label: 'Registration', value: checkpoint.registrationType }]
            : []),
          { key: 'created', label: 'Made', value: <TimeText iso={checkpoint.creationTime} /> },
        ]}
      />
    </Panel>
  );
}
