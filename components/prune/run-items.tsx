// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtualised grid that become cards cannot be table elements; the roles say what they are
'use client';

import Link from 'next/link';
import { CheckpointIcon } from '@/components/ui/checkpoint-icon';
import { Hint } from '@/components/ui/hint';
import { MiddleCut } from '@/components/ui/middle-cut';
import { StatusIcon } from '@/components/ui/status-icon';
import { pagePaths } from '@/lib/contract/paths';
import type { PruneItem } from '@/lib/contract/prune';
import { formatInteger } from '@/lib/shared/format';
import { MakerLink } from './maker-link';
import { PagedRows } from './paged-rows';
import classes from './prune-table.module.css';
import { ITEM_LABELS, ITEM_TONES } from './run-words';

interface RunItemsProps {
  region: string;
  total: number;
  itemAt: (index: number) => PruneItem | undefined;
  onSight: (first: number, last: number) => void;
  stale: boolean;
}

const COLUMNS = ['State', 'Checkpoint', 'Step', 'Made by', 'What happened'] as const;

/** What became of each checkpoint of a clean-up. */
export function RunItems({ region, total, itemAt, onSight, stale }: RunItemsProps) {
  return (
    <PagedRows
      label="Checkpoints of this clean-up"
      total={total}
      columns={COLUMNS}
      onSight={onSight}
      stale={stale}
      cells={(index) => {
        const item = itemAt(index);
        return item && <Cells region={region} item={item} />;
      }}
    />
  );
}

function Cells({ region, item }: { region: string; item: PruneItem }) {
  const name = `${item.group}/${item.version}`;
  return (
    <>
      <div role="cell" className={classes.name}>
        <StatusIcon tone={ITEM_TONES[item.state]} sizePx={14} />
        {ITEM_LABELS[item.state]}
      </div>
      <div role="cell" className={classes.name}>
        <CheckpointIcon kind={item.kind} />
        <Link className={classes.link} href={pagePaths.checkpoint(region, item.group, item.version)} aria-label={name}>
          <MiddleCut text={name} tailLength={12} mono />
        </Link>
      </div>
      <div role="cell" className={classes.step} data-label="Step">
        {item.step === undefined ? '—' : formatInteger(item.step)}
      </div>
      <div role="cell">
        <MakerLink region={region} job={item.job} />
      </div>
      <div role="cell" className={classes.why}>
        {item.reason ? (
          <Hint label={item.reason} className={classes.whyText}>
            <span>{item.reason}</span>
          </Hint>
        ) : null}
      </div>
    </>
  );
}
