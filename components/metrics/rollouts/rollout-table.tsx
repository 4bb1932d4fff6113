'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { Missing } from '@/components/ui/missing';
import { StatusWord } from '@/components/ui/status-word';
import type { ListRolloutsResponse, Rollout } from '@/lib/contract/metrics';
import { formatCount, formatInteger, formatSignificant } from '@/lib/shared/format';
import { formatDuration } from '@/lib/shared/time';
import type { Tone } from '@/lib/shared/tone';
import classes from './rollouts.module.css';

interface RolloutTableProps {
  rows: readonly Rollout[];
  missing: ListRolloutsResponse['missing'];
  chosen: string | undefined;
  onChoose: (traceId: string) => void;
  onNearEnd: () => void;
}

const ROW_PX = 36;
const OVERSCAN = 10;

export const STATE_TONES: Record<Rollout['state'], { tone: Tone; label: string }> = {
  ok: { tone: 'completed', label: 'Done' },
  error: { tone: 'failed', label: 'Error' },
  in_progress: { tone: 'running', label: 'Running' },
  unknown: { tone: 'unknown', label: 'Unknown' },
};

/** Rollouts, one a row; only rows in sight are in the document. */
export function RolloutTable({ rows, missing, chosen, onChoose, onNearEnd }: RolloutTableProps) {
  const scroll = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    initialRect: { width: 800, height: 600 },
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0], items.at(-1)];
  const nearEnd = last !== undefined && last.index >= rows.length - OVERSCAN;
  useEffect(() => {
    if (nearEnd) onNearEnd();
  }, [nearEnd, onNearEnd]);
  const whyNone = (what: (typeof missing)[number]) =>
    missing.includes(what) ? `MLflow does not say the ${what} of these rollouts` : `The trace does not say the ${what}`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={scroll} className={classes.scroll} aria-label="List of rollouts" tabIndex={0}>
      <table className={classes.table} aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">Prompt</th>
            <th scope="col">Reward</th>
            <th scope="col">State</th>
            <th scope="col">Step</th>
            <th scope="col">Turns</th>
            <th scope="col">Tokens</th>
            <th scope="col">Duration</th>
          </tr>
        </thead>
        <tbody>
          {first && first.start > 0 ? <Gap heightPx={first.start} /> : null}
          {items.map(({ index }) => {
            const row = rows[index];
            if (!row) return null;
            const { tone, label } = STATE_TONES[row.state];
            return (
              <tr key={row.traceId} aria-rowindex={index + 2} data-chosen={row.traceId === chosen || undefined}>
                <th scope="row" className={classes.prompt}>
                  <button type="button" className={classes.open} onClick={() => onChoose(row.traceId)}>
                    {row.prompt || row.traceId}
                  </button>
                </th>
                <td className={classes.reward} data-zero={row.reward === 0 || undefined}>
                  {row.reward === undefined ? (
                    <Missing reason={whyNone('reward')} focusable={false} />
                  ) : (
                    formatSignificant(row.reward)
                  )}
                </td>
                <td className={classes.text}>
                  <StatusWord tone={tone} label={label} />
                </td>
                <td>
                  {row.step === undefined ? (
                    <Missing reason={whyNone('step')} focusable={false} />
                  ) : (
                    formatInteger(row.step)
                  )}
                </td>
                <td>
                  {row.turns === undefined ? (
                    <Missing reason={whyNone('turns')} focusable={false} />
                  ) : (
                    formatInteger(row.turns)
                  )}
                </td>
                <td>
                  {row.tokens === undefined ? (
                    <Missing reason={whyNone('tokens')} focusable={false} />
                  ) : (
                    formatCount(row.tokens)
                  )}
                </td>
                <td>
                  {row.durationMs === undefined ? (
                    <Missing reason="The trace has no end" focusable={false} />
                  ) : (
                    formatDuration(row.durationMs)
                  )}
                </td>
              </tr>
            );
          })}
          {last ? <Gap heightPx={Math.max(0, virtual.getTotalSize() - last.end)} /> : null}
        </tbody>
      </table>
    </section>
  );
}

function Gap({ heightPx }: { heightPx: number }) {
  return (
    <tr className={classes.gap}>
      <td colSpan={7} style={{ height: heightPx }} />
    </tr>
  );
}
