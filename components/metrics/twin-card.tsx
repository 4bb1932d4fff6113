'use client';

import { CloseButton } from '@mantine/core';
import Link from 'next/link';
import { CheckpointIcon } from '@/components/ui/checkpoint-icon';
import { LinkButton } from '@/components/ui/link-button';
import { SkeletonLines } from '@/components/ui/skeleton-box';
import type { Checkpoint } from '@/lib/contract/checkpoints';
import type { JobRef } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import { formatInteger } from '@/lib/shared/format';
import classes from './metrics.module.css';
import { useTwins } from './use-twins';

interface TwinCardProps {
  region: string;
  jobRef: JobRef;
  step: number;
  /** What the curve says there, in words. */
  words: string;
  rollouts?: number;
  onClose: () => void;
}

/** One step that was chosen on a curve: its two checkpoints, what each allows, and its rollouts. */
export function TwinCard({ region, jobRef, step, words, rollouts, onClose }: TwinCardProps) {
  const { twins, loading, isError } = useTwins(region, jobRef);
  const found = twins?.get(step) ?? [];
  const resumable = found.find(({ kind }) => kind === 'resumable');
  const model = found.find(({ kind }) => kind === 'model');
  const job = pagePaths.job(region, jobRef.jobCategory, jobRef.jobName);
  const worst = pagePaths.job(region, jobRef.jobCategory, jobRef.jobName, 'rollouts');
  return (
    <section className={classes.twinCard} aria-label={`Step ${step} of ${jobRef.jobName}`} data-testid="twin-card">
      <header className={classes.twinHead}>
        <h3>Step {formatInteger(step)}</h3>
        <Link href={job} className={classes.twinJob}>
          {jobRef.jobName}
        </Link>
        <CloseButton size="sm" aria-label="Close" onClick={onClose} />
      </header>
      <p className={classes.dim}>{words}</p>
      {loading ? <SkeletonLines lines={2} label="Loading the checkpoints of this step" /> : null}
      {!loading && isError ? <p className={classes.dim}>The checkpoints of this step could not be loaded.</p> : null}
      {!loading && !isError ? (
        <div className={classes.twins}>
          <Twin kind="resumable" checkpoint={resumable} region={region} />
          <Twin kind="model" checkpoint={model} region={region} />
        </div>
      ) : null}
      <p className={classes.twinLinks}>
        <Link href={`${worst}?step=${step}`}>
          {rollouts === undefined ? 'Rollouts of this step' : `${formatInteger(rollouts)} rollouts of this step`}, worst
          first
        </Link>
      </p>
    </section>
  );
}

const ALLOWS = {
  resumable: {
    title: 'Resumable checkpoint',
    text: 'Weights, optimizer and step counter. It allows to go on from here, with nothing changed.',
    none: 'No resumable checkpoint of this step is known.',
  },
  model: {
    title: 'Model checkpoint',
    text: 'The trained adapter. It allows to evaluate it, to deploy it, or to train on with other data or settings.',
    none: 'No model checkpoint of this step is known.',
  },
} as const;

interface TwinProps {
  kind: 'resumable' | 'model';
  checkpoint: Checkpoint | undefined;
  region: string;
}

function Twin({ kind, checkpoint, region }: TwinProps) {
  const { title, text, none } = ALLOWS[kind];
  if (!checkpoint) {
    return (
      <div className={classes.twin}>
        <p className={classes.twinTitle}>
          <CheckpointIcon kind={kind} sizePx={14} /> {title}
        </p>
        <p className={classes.dim}>{none}</p>
      </div>
    );
  }
  const { group, version, step } = checkpoint;
  return (
    <div className={classes.twin}>
      <p className={classes.twinTitle}>
        <CheckpointIcon kind={kind} sizePx={14} />
        <Link href={pagePaths.checkpoint(region, group, version)} prefetch={false}>
          {title}, version {formatInteger(version)}
        </Link>
      </p>
      <p className={classes.dim}>{text}</p>
      <div className={classes.twinActions}>
        {kind === 'resumable' ? (
          <LinkButton prefetch={false} href={pagePaths.resume(region, group, version)}>
            {step === undefined ? 'Resume' : `Resume from step ${formatInteger(step)}`}
          </LinkButton>
        ) : (
          <>
            <LinkButton prefetch={false} href={pagePaths.iterate(region, group, version)}>
              Iterate
            </LinkButton>
            <LinkButton prefetch={false} href={pagePaths.evaluate(region, group, version)}>
              Evaluate
            </LinkButton>
          </>
        )}
      </div>
    </div>
  );
}
