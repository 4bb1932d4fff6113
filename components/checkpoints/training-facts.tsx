'use client';

import { useQuery } from '@tanstack/react-query';
import { KeyValueList } from '@/components/ui/key-value-list';
import { Missing } from '@/components/ui/missing';
import { SkeletonLines } from '@/components/ui/skeleton-box';
import type { PackageRef } from '@/lib/contract/action-log';
import type { GetCheckpointTrainingResponse } from '@/lib/contract/checkpoints';
import { formatMetric, metricLabel } from '@/lib/metrics/metric-words';
import { checkpointTrainingQuery } from '@/lib/queries/checkpoint-queries';
import { formatInteger } from '@/lib/shared/format';
import classes from './checkpoint-view.module.css';

interface TrainingFactsProps {
  region: string;
  checkpointRef: PackageRef;
  /** The step of the checkpoint, where it is known: a validation of another step says so. */
  step?: number;
}

/** What its job measured at the step of a checkpoint, and the LoRA settings it was trained with. */
export function TrainingFacts({ region, checkpointRef, step }: TrainingFactsProps) {
  const { data, error } = useQuery(checkpointTrainingQuery(region, checkpointRef));
  if (!data) {
    if (error) return <p className={classes.dim}>{error.message}</p>;
    return <SkeletonLines lines={5} label="Loading what was measured" />;
  }
  if (data.unknown === 'job') {
    return <p className={classes.dim}>Nothing can be told of it: no evidence ties it to a job.</p>;
  }
  const { source } = data;
  const trouble = source && source.state !== 'ready' ? source.message : undefined;
  return (
    <>
      {data.unknown === 'step' ? <p className={classes.dim}>Its step is not known, so no metric can be told.</p> : null}
      {trouble ? (
        <p className={classes.dim}>
          {trouble} {source?.hint}
        </p>
      ) : null}
      <KeyValueList
        items={[
          ...data.metrics.map((metric) => ({
            key: metric.key,
            label: <span title={metric.key}>{metricLabel(metric.key)}</span>,
            value: <Value metric={metric} step={step} />,
          })),
          { key: 'lora', label: 'LoRA', value: <Lora lora={data.lora} /> },
        ]}
      />
    </>
  );
}

function Value({ metric, step }: { metric: GetCheckpointTrainingResponse['metrics'][number]; step?: number }) {
  const { key, value, step: at } = metric;
  if (at === undefined) return <Missing reason="Not recorded at this step" />;
  return (
    <span className={classes.number}>
      {value === null || value === undefined ? 'not a number' : formatMetric(key, value)}
      {at === step ? null : <span className={classes.dim}> at step {formatInteger(at)}</span>}
    </span>
  );
}

function Lora({ lora }: { lora: GetCheckpointTrainingResponse['lora'] }) {
  if (!lora) return <Missing reason="The config document of its job is not known" />;
  const part = (word: string, value: number | undefined, isDefault: boolean | undefined) =>
    value === undefined ? `${word} not known` : `${word} ${formatInteger(value)}${isDefault ? ' (default)' : ''}`;
  return `${part('rank', lora.rank, lora.rankIsDefault)}, ${part('alpha', lora.alpha, lora.alphaIsDefault)}`;
}
