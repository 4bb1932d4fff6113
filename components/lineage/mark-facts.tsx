'use client';

import { useQuery } from '@tanstack/react-query';
import { CheckpointIcon } from '@/components/ui/checkpoint-icon';
import { CopyButton } from '@/components/ui/copy-button';
import { KeyValueList } from '@/components/ui/key-value-list';
import { LinkButton } from '@/components/ui/link-button';
import { Missing } from '@/components/ui/missing';
import { Mono } from '@/components/ui/mono';
import { SkeletonLines } from '@/components/ui/skeleton-box';
import { TimeText } from '@/components/ui/time-text';
import type { Checkpoint, CheckpointKind } from '@/lib/contract/checkpoints';
import type { GetLineageResponse, LineageLane, LineageMark } from '@/lib/contract/lineage';
import { pagePaths } from '@/lib/contract/paths';
import { canStart } from '@/lib/lineage/can-start';
import { edgeWords } from '@/lib/lineage/lane-words';
import { checkpointQuery } from '@/lib/queries/checkpoint-queries';
import { formatSignificant } from '@/lib/shared/format';
import { Jump } from './jump';
import classes from './lineage.module.css';

interface MarkFactsProps {
  region: string;
  data: GetLineageResponse;
  lane: LineageLane;
  mark: LineageMark;
  onGoTo: (focus: string) => void;
}

const KIND_WORDS: Record<CheckpointKind, string> = {
  resumable: 'Resumable checkpoint',
  model: 'Model checkpoint',
  unknown: 'Checkpoint of unknown kind',
};

/** A step: its twins side by side, and the jobs that went on from it. */
export function MarkFacts({ region, data, lane, mark, onGoTo }: MarkFactsProps) {
  const dependants = data.lanes.filter(({ parent }) => parent?.lane === lane.id && parent.step === mark.step);
  return (
    <>
      {(['resumable', 'model', 'unknown'] as const).map((kind) => {
        const one = mark[kind];
        return one ? <TwinCard key={kind} region={region} kind={kind} {...one} /> : null;
      })}
      <section className={classes.section} aria-label="What hangs on it">
        <h3 className={classes.sectionTitle}>What hangs on it</h3>
        {dependants.length === 0 ? (
          <p className={classes.why}>No job on the screen has started from this step.</p>
        ) : (
          <ul className={classes.list}>
            {dependants.map((each) => (
              <Jump
                key={each.id}
                lane={each}
                onGoTo={onGoTo}
                note={
                  each.score ? formatSignificant(each.score.value) : each.parent && edgeWords(each.parent).split(' ')[0]
                }
              />
            ))}
          </ul>
        )}
      </section>
      <LinkButton href={pagePaths.job(region, lane.jobCategory, lane.jobName)}>Open the job</LinkButton>
    </>
  );
}

interface TwinCardProps {
  region: string;
  kind: CheckpointKind;
  group: string;
  version: number;
}

function TwinCard({ region, kind, group, version }: TwinCardProps) {
  const { data, error } = useQuery(checkpointQuery(region, group, version));
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

function Actions({ region, kind, group, version, checkpoint }: TwinCardProps & { checkpoint: Checkpoint | undefined }) {
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
