import Link from 'next/link';
import { CheckpointIcon } from '@/components/ui/checkpoint-icon';
import { CopyButton } from '@/components/ui/copy-button';
import { KeyValueList } from '@/components/ui/key-value-list';
import { MiddleCut } from '@/components/ui/middle-cut';
import { Missing } from '@/components/ui/missing';
import { Panel } from '@/components/ui/panel';
import { TimeText } from '@/components/ui/time-text';
import type { Checkpoint } from '@/lib/contract/checkpoints';
import type { JobRef } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import classes from './actions.module.css';

const KIND = { resumable: 'Resumable checkpoint', model: 'Model checkpoint', unknown: 'Not described yet' } as const;

const HOW: Record<NonNullable<Checkpoint['evidence']>['by'], string> = {
  job: 'The job names it',
  package: 'The package names its job',
  path: 'Its S3 path holds the job’s name',
  time: 'Only this job of its group ran then',
};

/** The checkpoint a new job starts from: what it is, whose it is, and how that is known. */
export function SourceCard({ region, source, parent }: { region: string; source: Checkpoint; parent?: JobRef }) {
  return (
    <Panel title="From">
      <KeyValueList
        items={[
          {
            key: 'kind',
            label: 'Checkpoint',
            value: (
              <span className={classes.inline}>
                <CheckpointIcon kind={source.kind} sizePx={14} />
                {KIND[source.kind]}
                {source.step === undefined ? null : <strong>step {source.step}</strong>}
              </span>
            ),
          },
          {
            key: 'job',
            label: 'Made by',
            value: parent ? (
              <Link
                className={classes.link}
                href={pagePaths.job(region, parent.jobCategory, parent.jobName)}
                aria-label={parent.jobName}
              >
                <MiddleCut text={parent.jobName} mono />
              </Link>
            ) : (
              <Missing reason="Nobody knows which job made it" />
            ),
          },
          { key: 'evidence', label: 'How it is known', value: <Evidence source={source} /> },
          {
            key: 'package',
            label: 'Package',
            value: (
              <span className={classes.inline}>
                <Link className={classes.link} href={pagePaths.checkpoint(region, source.group, source.version)}>
                  <MiddleCut text={`${source.group}/${source.version}`} mono />
                </Link>
                <CopyButton value={source.packageArn} what="package ARN" />
              </span>
            ),
          },
          { key: 'created', label: 'Made', value: <TimeText iso={source.creationTime} /> },
          {
            key: 's3',
            label: 'Stored in',
            value: source.s3Uri ? (
              <span className={classes.inline}>
                <MiddleCut text={source.s3Uri} tailLength={18} mono focusable />
                <CopyButton value={source.s3Uri} what="S3 location" />
              </span>
            ) : (
              <Missing reason="AWS does not show the S3 location of this package" />
            ),
          },
        ]}
      />
    </Panel>
  );
}

function Evidence({ source }: { source: Checkpoint }) {
  if (!source.evidence) return <Missing reason="No evidence was kept" />;
  return (
    <>
      {HOW[source.evidence.by]}
      <span className={classes.dim}> · {source.evidence.detail}</span>
      {source.stepEvidence === 'counted' ? <span className={classes.dim}> · the step is counted</span> : null}
    </>
  );
}
