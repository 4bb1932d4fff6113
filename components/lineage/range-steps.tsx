'use client';

import { CloseButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CheckpointIcon } from '@/components/ui/checkpoint-icon';
import { SkeletonLines } from '@/components/ui/skeleton-box';
import type { Checkpoint } from '@/lib/contract/checkpoints';
import { parseTickRange, type TickRange } from '@/lib/lineage/tick-range';
import { stepRangeQuery } from '@/lib/queries/checkpoint-queries';
import { formatInteger } from '@/lib/shared/format';
import classes from './lineage.module.css';
import type { LineageView } from './use-lineage-view';

interface RangeStepsProps {
  region: string;
  view: LineageView;
  range: string;
  onGoTo: (focus: string) => void;
  onClose: () => void;
  /** Opened on the graph, where no panel has a heading above it. */
  inPlace?: boolean;
}

/** The checkpoints behind one stroke of a lane: every step of the range, each to be chosen. */
export function RangeSteps({ region, view, range, onGoTo, onClose, inPlace = false }: RangeStepsProps) {
  const parsed = parseTickRange(range);
  const Title = inPlace ? 'h2' : 'h3';
  if (!parsed) return <p className={classes.why}>The address names no range of steps.</p>;
  return (
    <section className={classes.section} aria-label="Checkpoints of a range">
      <div className={classes.rangeHead}>
        <Title className={classes.sectionTitle}>
          Steps {formatInteger(parsed.fromStep)} to {formatInteger(parsed.toStep)} of {parsed.jobName}
        </Title>
        <CloseButton size="sm" aria-label="Close the range" onClick={onClose} />
      </div>
      <Steps region={region} range={parsed} focus={view.words.focus} onGoTo={onGoTo} />
    </section>
  );
}

interface StepsProps {
  region: string;
  range: TickRange;
  focus: string | undefined;
  onGoTo: (focus: string) => void;
}

function Steps({ region, range, focus, onGoTo }: StepsProps) {
  const { data, error } = useQuery(stepRangeQuery(region, range, range.fromStep, range.toStep));
  if (!data) return error ? <p className={classes.why}>{error.message}</p> : <SkeletonLines lines={2} />;
  const steps = new Map<number, Checkpoint[]>();
  for (const each of data.checkpoints) {
    if (each.step !== undefined) steps.set(each.step, [...(steps.get(each.step) ?? []), each]);
  }
  if (steps.size === 0) return <p className={classes.why}>No checkpoint of these steps is left.</p>;
  return (
    <div className={classes.steps}>
      {[...steps]
        .sort(([a], [b]) => a - b)
        .map(([step, found]) => {
          const one = found.find(({ kind }) => kind === 'resumable') ?? found[0];
          if (!one) return null;
          const target = `package:${one.group}/${one.version}`;
          return (
            <button
              key={step}
              type="button"
              className={classes.step}
              aria-label={`Step ${step}`}
              aria-pressed={found.some(({ group, version }) => focus === `package:${group}/${version}`)}
              onClick={() => onGoTo(target)}
            >
              {found.some(({ kind }) => kind === 'resumable') ? <CheckpointIcon kind="resumable" sizePx={9} /> : null}
              {found.some(({ kind }) => kind === 'model') ? <CheckpointIcon kind="model" sizePx={9} /> : null}
              {formatInteger(step)}
            </button>
          );
        })}
    </div>
  );
}
