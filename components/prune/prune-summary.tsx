'use client';

import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { Hint } from '@/components/ui/hint';
import type { PrunePreview } from '@/lib/contract/prune';
import { formatInteger, formatPlural } from '@/lib/shared/format';
import classes from './prune.module.css';

interface PruneSummaryProps {
  preview: PrunePreview;
  dropped: number;
  /** Why the button is shut, one sentence. */
  shut?: string;
  onDelete: () => void;
}

/** What would go, in numbers, and the way to do it. */
export function PruneSummary({ preview, dropped, shut, onDelete }: PruneSummaryProps) {
  const { counts } = preview;
  const going = Math.max(0, counts.go - dropped);
  const reason = shut ?? preview.blocked ?? (going === 0 ? 'Nothing may go by these rules.' : undefined);
  return (
    <section className={classes.summary} aria-label="Summary">
      <dl className={classes.facts}>
        <div>
          <dt>May go</dt>
          <dd className={classes.big}>{formatInteger(going)}</dd>
        </div>
        <div>
          <dt>Stay</dt>
          <dd className={classes.big}>{formatInteger(counts.kept + dropped)}</dd>
        </div>
        <div>
          <dt>Of those that may go</dt>
          <dd>
            {formatInteger(counts.goResumable)} resumable, {formatInteger(counts.goModel)} model, of{' '}
            {formatPlural(counts.goJobs, 'job')}
            {counts.goGuessed > 0 ? `; ${formatInteger(counts.goGuessed)} only guessed to be of theirs` : ''}
            {dropped > 0 ? `; ${formatInteger(dropped)} left out by hand` : ''}
          </dd>
        </div>
        <div>
          <dt>Size</dt>
          <dd>
            <Hint label="The model registry tells no size of a package, and Cairn does not read S3">
              <span>Unknown</span>
            </Hint>
          </dd>
        </div>
      </dl>
      <Hint label={reason ?? 'Asks first'} focusable={false}>
        <Button
          color="red"
          className={classes.delete}
          leftSection={<IconTrash size={14} />}
          data-disabled={reason ? true : undefined}
          aria-disabled={reason ? true : undefined}
          aria-haspopup="dialog"
          onClick={() => (reason ? undefined : onDelete())}
        >
          Delete {formatPlural(going, 'checkpoint')}
        </Button>
      </Hint>
      {reason ? <p className={classes.reason}>{reason}</p> : null}
    </section>
  );
}
