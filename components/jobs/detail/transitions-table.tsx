'use client';

import { Button } from '@mantine/core';
import { useState } from 'react';
import { DurationText } from '@/components/ui/duration-text';
import { Hint } from '@/components/ui/hint';
import { StatusWord } from '@/components/ui/status-word';
import { AbsoluteTime } from '@/components/ui/time-text';
import { formatPlural } from '@/lib/shared/format';
import { formatDuration } from '@/lib/shared/time';
import type { TimelineItem } from '@/lib/shared/timeline-model';
import classes from './transitions-table.module.css';

/** A longer list is folded to its beginning and its end: what started it and what it came to. */
const FOLD_FROM = 14;
const HEAD = 3;
const TAIL = 8;

/** The same transitions as the picture above, in words: status, when, how long, and what AWS said. */
export function TransitionsTable({ items, startMs }: { items: TimelineItem[]; startMs: number }) {
  const [whole, setWhole] = useState(false);
  if (items.length === 0) return <p className={classes.none}>AWS has listed no transition yet.</p>;
  const folded = !whole && items.length >= FOLD_FROM;
  const head = folded ? items.slice(0, HEAD) : items;
  const tail = folded ? items.slice(-TAIL) : [];
  return (
    <table className={classes.table}>
      <caption className={classes.caption}>Transitions</caption>
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Began after</th>
          <th scope="col">Duration</th>
          <th scope="col">Message</th>
        </tr>
      </thead>
      <tbody>
        {head.map((item) => (
          <Row key={item.id} item={item} startMs={startMs} />
        ))}
        {folded ? (
          <tr>
            <td colSpan={4} className={classes.more}>
              <Button variant="default" onClick={() => setWhole(true)}>
                Show {formatPlural(items.length - HEAD - TAIL, 'more transition')}
              </Button>
            </td>
          </tr>
        ) : null}
        {tail.map((item) => (
          <Row key={item.id} item={item} startMs={startMs} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ item, startMs }: { item: TimelineItem; startMs: number }) {
  return (
    <tr>
      <th scope="row" className={classes.status}>
        <StatusWord tone={item.tone} label={item.label} />
      </th>
      <td className={`${classes.number} ${classes.began}`}>
        <Hint label={() => <AbsoluteTime timeMs={item.startMs} />}>{formatDuration(item.startMs - startMs)}</Hint>
      </td>
      <td className={classes.number}>
        {item.kind === 'span' ? <DurationText durationMs={item.durationMs} /> : ''}
        {item.open ? <span className={classes.dim}> so far</span> : null}
      </td>
      <td className={classes.message}>
        {item.message}
        {item.notes.map((note) => (
          <span key={note} className={classes.dim}>
            {' '}
            {note}
          </span>
        ))}
      </td>
    </tr>
  );
}
