'use client';

import { useQueries } from '@tanstack/react-query';
import { CheckpointIcon } from '@/components/ui/checkpoint-icon';
import { CopyButton } from '@/components/ui/copy-button';
import { KeyValueList } from '@/components/ui/key-value-list';
import { LinkButton } from '@/components/ui/link-button';
import { Missing } from '@/components/ui/missing';
import { Mono } from '@/components/ui/mono';
import { SkeletonLines } from '@/components/ui/skeleton-box';
import { TimeText } from '@/components/ui/time-text';
import type { Checkpoint, CheckpointKind, GetCheckpointResponse } from '@/lib/contract/checkpoints';
import type { LineageLane, LineageMark } from '@/lib/contract/lineage';
import { pagePaths } from '@/lib/contract/paths';
import { canStart } from '@/lib/lineage/can-start';
import { checkpointQuery } from '@/lib/queries/checkpoint-queries';
import { formatInteger } from '@/lib/shared/format';
import { Dependants } from './dependants';
import classes from './lineage.module.css';
import type { LineageSlots } from './lineage-slots';

interface MarkFactsProps {
  region: string;
  slots: LineageSlots;
  lane: LineageLane;
  mark: LineageMark;
  onGoTo: (focus: string) => void;
}

const KINDS = ['resumable', 'model', 'unknown'] as const;
const KIND_WORDS: Record<CheckpointKind, string> = {
  resumable: 'Resumable checkpoint',
  model: 'Model checkpoint',
  unknown: 'Checkpoint of unknown kind',
};

/** A step: its twins, what was measured there, and the jobs that went on from it. */
export function MarkFacts({ region, slots, lane, mark, onGoTo }: MarkFactsProps) {
  const twins = KINDS.flatMap((kind) => {
    const one = mark[kind];
    return one ? [{ kind, ...one }] : [];
  });
  const answers = useQueries({ queries: twins.map(({ group, version }) => checkpointQuery(region, group, version)) });
  const [first] = twins;
  const failed = answers.find(({ error, data }) => error && !data)?.error;
  // Both twins of a step are asked, so that nothing that hangs on either is missed.
  const dependants = answers.every(({ data }) => data)
    ? answers.flatMap(({ data }) => data?.dependants ?? []).sort((a, b) => (a.creationTime < b.creationTime ? -1 : 1))
    : undefined;
  return (
    <>
      {twins.map((twin, index) => (
        <TwinCard
          key={twin.kind}
          region={region}
          slots={slots}
          {...twin}
          data={answers[index]?.data}
          error={answers[index]?.error}
        />
      ))}
      {first ? (
        <section className={classes.section} aria-label="Measured at its step">
          <h3 className={classes.sectionTitle}>Measured at step {formatInteger(mark.step)}</h3>
          <slots.StepFacts region={region} checkpointRef={first} step={mark.step} />
        </section>
      ) : null}
      <Dependants
        title="What hangs on it"
        dependants={dependants}
        none="No job that the catalog knows started from it."
        onGoTo={onGoTo}
      >
        {failed ? <p className={classes.why}>{failed.message}</p> : <SkeletonLines lines={2} />}
      </Dependants>
      <LinkButton href={pagePaths.job(region, lane.jobCategory, lane.jobName)}>Open the job</LinkButton>
    </>
  );
}

interface TwinRef {
  region: string;
  kind: CheckpointKind;
  group: string;
  version: number;
}

interface TwinCardProps extends TwinRef {
  slots: LineageSlots;
  data: GetCheckpointResponse | undefined;
  error: Error | null | undefined;
}

function TwinCard({ region, slots, kind, group, version, data, error }: TwinCardProps) {
  return (
    <section className={classes.card} aria-label={KIND_WORDS[kind]}>
      <h3 className={classes.cardTitle}>
        <CheckpointIcon kind={kind} sizePx={14} />
        {KIND_WORDS[kind]}
      </h3>
      {data ? (
        <Facts checkpoint={data.checkpoint} />
      ) : error ? (
        <p className={classes.why}>{error.message}</p>
      ) : (
        <SkeletonLines lines={5} />
      )}
      <Actions region={region} kind={kind} group={group} version={version} checkpoint={data?.checkpoint} />
      {data ? <slots.Marks region={region} checkpointRef={{ group, version }} data={data} /> : null}
    </section>
  );
}

function Facts({ checkpoint }: { checkpoint: Checkpoint }) {
  const { group, version, evidence, stepEvidence } = checkpoint;
  return (
    <KeyValueList
      items={[
        {
          key: 'package',
          label: 'Package',
          value: (
            <>
              <Mono>{`${group}/${version}`}</Mono> <CopyButton value={checkpoint.packageArn} what="package ARN" />
            </>
          ),
        },
        { key: 'written', label: 'Written', value: <TimeText iso={checkpoint.creationTime} /> },
        { key: 'status', label: 'Status', value: checkpoint.packageStatus },
        {
          key: 'approval',
          label: 'Approval',
          value: checkpoint.approvalStatus ?? <Missing reason="AWS gave no approval status" />,
        },
        {
          key: 'evidence',
          label: 'Known by',
          value: evidence ? (
            `${evidence.detail}${stepEvidence === 'counted' ? '; its step was counted' : ''}`
          ) : (
            <Missing reason="No evidence was found" />
          ),
        },
        {
          key: 'model',
          label: 'Base model',
          value: checkpoint.baseModel ?? <Missing reason="The package does not say" />,
        },
        {
          key: 's3',
          label: 'S3',
          value: checkpoint.s3Uri ? (
            <>
              <Mono>{checkpoint.s3Uri}</Mono> <CopyButton value={checkpoint.s3Uri} what="S3 location" />
            </>
          ) : (
            <Missing reason="The package names no place (restricted groups do not)" />
          ),
        },
      ]}
    />
  );
}

function Actions({ region, kind, group, version, checkpoint }: TwinRef & { checkpoint: Checkpoint | undefined }) {
  const why = checkpoint && canStart(checkpoint);
  return (
    <>
      <div className={classes.actions}>
        {kind === 'resumable' && !why ? (
          <LinkButton variant="filled" prefetch={false} href={pagePaths.resume(region, group, version)}>
            Resume
          </LinkButton>
        ) : null}
        {kind === 'model' && !why ? (
          <>
            <LinkButton variant="filled" prefetch={false} href={pagePaths.iterate(region, group, version)}>
              Iterate
            </LinkButton>
            <LinkButton prefetch={false} href={pagePaths.evaluate(region, group, version)}>
              Evaluate
            </LinkButton>
          </>
        ) : null}
        <LinkButton prefetch={false} href={pagePaths.checkpoint(region, group, version)}>
          Details
        </LinkButton>
      </div>
      {why ? <p className={classes.why}>{why}</p> : null}
      {!why && kind === 'resumable' ? (
        <p className={classes.why}>
          For going on unchanged at the next step. To change anything, iterate from its twin.
        </p>
      ) : null}
    </>
  );
}
