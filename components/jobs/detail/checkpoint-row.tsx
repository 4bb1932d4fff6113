'use client';

import { IconStarFilled } from '@tabler/icons-react';
import Link from 'next/link';
import { memo, type Ref } from 'react';
import { CheckpointIcon } from '@/components/ui/checkpoint-icon';
import { CopyButton } from '@/components/ui/copy-button';
import { Hint } from '@/components/ui/hint';
import { Missing } from '@/components/ui/missing';
import { TimeText } from '@/components/ui/time-text';
import type { Checkpoint } from '@/lib/contract/checkpoints';
import { pagePaths } from '@/lib/contract/paths';
import { formatInteger } from '@/lib/shared/format';
import classes from './checkpoint-table.module.css';
import { Identifier } from './identifier';
import { EVIDENCE_WORDS, STEP_EVIDENCE_WORDS } from './job-words';

interface CheckpointRowProps {
  checkpoint: Checkpoint;
  region: string;
  completed: boolean;
  /** Place among all rows, from 0. */
  index: number;
  ref?: Ref<HTMLTableRowElement>;
}

const KIND_WORDS = { resumable: 'Resumable', model: 'Model', unknown: 'Not described yet' } as const;

/** One checkpoint: what it is, how that is known, where it lies, and going on from it. */
export const CheckpointRow = memo(function CheckpointRow({
  checkpoint,
  region,
  completed,
  index,
  ref,
}: CheckpointRowProps) {
  const { kind, step, group, version, packageArn, packageStatus, s3Uri, twin } = checkpoint;
  return (
    <tr ref={ref} data-index={index} aria-rowindex={index + 2}>
      <th scope="row" className={classes.kind} data-kind={kind}>
        <CheckpointIcon kind={kind} sizePx={14} />
        {KIND_WORDS[kind]}
        {checkpoint.isOutput ? <Output completed={completed} /> : null}
      </th>
      <td data-label="Step" className={classes.number}>
        <Step checkpoint={checkpoint} />
      </td>
      <td data-label="Version" className={classes.number}>
        <span className={classes.version}>
          <Hint label={`${group}, version ${version}`} focusable={false}>
            <Link
              href={pagePaths.checkpoint(region, group, version)}
              prefetch={false}
              className={classes.resume}
              aria-label={`Checkpoint ${group}, version ${version}`}
            >
              {formatInteger(version)}
            </Link>
          </Hint>
          <CopyButton value={packageArn} what="package ARN" />
        </span>
      </td>
      <td data-label="Status">{packageStatus}</td>
      <td data-label="Attributed by" className={classes.attribution}>
        <Evidence checkpoint={checkpoint} />
      </td>
      <td data-label="S3 location" className={classes.location}>
        {s3Uri ? (
          <Identifier value={s3Uri} what="S3 location" />
        ) : (
          <Missing reason="AWS does not show the S3 location of this package" />
        )}
      </td>
      <td data-label="Twin" className={classes.number}>
        {twin ? (
          <Hint label={`The other checkpoint of this step: ${twin.group}, version ${twin.version}`}>
            <span className={classes.twin}>
              <CheckpointIcon kind={kind === 'resumable' ? 'model' : 'resumable'} sizePx={11} />
              {formatInteger(twin.version)}
            </span>
          </Hint>
        ) : (
          <Missing reason="No checkpoint of the other kind is known for this step" />
        )}
      </td>
      <td data-label="Created">
        <TimeText iso={checkpoint.creationTime} />
      </td>
      <td className={classes.action}>
        {kind === 'resumable' ? (
          // Not fetched ahead: a table of them would plan a job for every row in sight.
          <Link href={pagePaths.resume(region, group, version)} prefetch={false} className={classes.resume}>
            {step === undefined ? 'Resume from it' : `Resume from step ${formatInteger(step)}`}
          </Link>
        ) : kind === 'model' ? (
          <Link href={pagePaths.iterate(region, group, version)} prefetch={false} className={classes.resume}>
            {step === undefined ? 'Iterate from it' : `Iterate from step ${formatInteger(step)}`}
          </Link>
        ) : null}
      </td>
    </tr>
  );
});

function Output({ completed }: { completed: boolean }) {
  return (
    <Hint
      label={
        completed
          ? 'The job names it as its final output.'
          : 'AWS promoted it to the job’s output when the job ended early.'
      }
    >
      <span className={classes.output}>
        <IconStarFilled size={12} aria-hidden="true" />
        {completed ? 'Final' : 'Promoted'}
      </span>
    </Hint>
  );
}

function Step({ checkpoint: { step, stepEvidence } }: { checkpoint: Checkpoint }) {
  if (step === undefined) return <Missing reason="Nothing names the step of this checkpoint" />;
  if (stepEvidence === undefined) return formatInteger(step);
  return (
    <Hint label={STEP_EVIDENCE_WORDS[stepEvidence]}>
      <span>
        {formatInteger(step)}
        {stepEvidence === 'counted' ? <span className={classes.dim}> counted</span> : null}
      </span>
    </Hint>
  );
}

function Evidence({ checkpoint: { evidence } }: { checkpoint: Checkpoint }) {
  if (!evidence) return <Missing reason="No evidence was kept" />;
  const { short, long } = EVIDENCE_WORDS[evidence.by];
  return (
    <Hint
      label={
        <span className={classes.any}>
          {long} {evidence.detail}
        </span>
      }
    >
      <span className={classes.evidence}>{short}</span>
    </Hint>
  );
}
