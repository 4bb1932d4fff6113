// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtualised grid that become cards cannot be table elements; the roles say what they are
'use client';

import { Checkbox } from '@mantine/core';
import Link from 'next/link';
import { CheckpointIcon } from '@/components/ui/checkpoint-icon';
import { Hint } from '@/components/ui/hint';
import { MiddleCut } from '@/components/ui/middle-cut';
import { TimeText } from '@/components/ui/time-text';
import { pagePaths } from '@/lib/contract/paths';
import type { PruneRow } from '@/lib/contract/prune';
import { REASON_LABELS } from '@/lib/prune/reason-words';
import { formatInteger } from '@/lib/shared/format';
import { MakerLink } from './maker-link';
import { PagedRows } from './paged-rows';
import classes from './prune-table.module.css';

export const wordOf = ({ group, version }: { group: string; version: number }) => `${group}/${version}`;

const KIND_WORDS = { resumable: 'Resumable', model: 'Model', unknown: 'Not described' } as const;

interface PruneTableProps {
  region: string;
  total: number;
  rowAt: (index: number) => PruneRow | undefined;
  onSight: (first: number, last: number) => void;
  dropped: ReadonlySet<string>;
  /** Undefined where nothing may be chosen. */
  onDrop?: (row: PruneRow, dropped: boolean) => void;
  stale: boolean;
}

const COLUMNS = ['Delete', 'Checkpoint', 'Step', 'Made by', 'Written', 'Why it stays'] as const;

/** Checkpoints with what becomes of each. One that stays cannot be chosen: its box is shut and says why. */
export function PruneTable({ region, total, rowAt, onSight, dropped, onDrop, stale }: PruneTableProps) {
  return (
    <PagedRows
      label="Checkpoints"
      total={total}
      columns={COLUMNS}
      onSight={onSight}
      stale={stale}
      cells={(index) => {
        const row = rowAt(index);
        return row && <Cells region={region} row={row} dropped={dropped.has(wordOf(row))} onDrop={onDrop} />;
      }}
    />
  );
}

interface CellsProps {
  region: string;
  row: PruneRow;
  dropped: boolean;
  onDrop?: (row: PruneRow, dropped: boolean) => void;
}

function Cells({ region, row, dropped, onDrop }: CellsProps) {
  const name = wordOf(row);
  const shut = row.kept.length > 0;
  const why = row.kept.map(({ detail }) => detail).join(' ');
  const label = shut ? `${name} stays: ${why}` : `Delete ${name}`;
  return (
    <>
      <div role="cell" className={classes.pick}>
        <Hint label={shut ? why : dropped ? 'Left out by hand' : 'Will be deleted'} focusable={false}>
          <Checkbox
            size="xs"
            aria-label={label}
            checked={!shut && !dropped}
            aria-disabled={shut || undefined}
            data-disabled={shut || undefined}
            readOnly={shut || !onDrop}
            onChange={(event) => (shut ? undefined : onDrop?.(row, !event.currentTarget.checked))}
          />
        </Hint>
      </div>
      <div role="cell" className={classes.name}>
        <CheckpointIcon kind={row.kind} />
        <span className={classes.kind}>{KIND_WORDS[row.kind]}</span>
        <Link className={classes.link} href={pagePaths.checkpoint(region, row.group, row.version)} aria-label={name}>
          <MiddleCut text={name} tailLength={12} mono />
        </Link>
      </div>
      <div role="cell" className={classes.step} data-label="Step">
        {row.step === undefined ? '—' : formatInteger(row.step)}
        {row.counted ? (
          <Hint
            label="Known by its place among the checkpoints of its job; AWS does not name the step"
            className={classes.weak}
          >
            counted
          </Hint>
        ) : null}
      </div>
      <div role="cell" className={classes.job}>
        <MakerLink region={region} job={row.job} />
        {row.guessed ? (
          <Hint
            label="No other known job that uses the group ran then; AWS does not name the job"
            className={classes.weak}
          >
            guessed
          </Hint>
        ) : null}
      </div>
      <div role="cell" className={classes.time}>
        <TimeText iso={row.creationTime} />
      </div>
      <div role="cell" className={classes.why}>
        {shut ? (
          <Hint label={why} className={classes.whyText}>
            <span>{row.kept.length === 1 ? why : row.kept.map(({ reason }) => REASON_LABELS[reason]).join(', ')}</span>
          </Hint>
        ) : (
          <span className={classes.dim}>
            {dropped ? 'Left out by hand' : row.packageStatus === 'Failed' ? 'Failed package' : ''}
          </span>
        )}
      </div>
    </>
  );
}
