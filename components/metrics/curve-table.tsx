'use client';

import { Button } from '@mantine/core';
import { IconDownload, IconTable } from '@tabler/icons-react';
import { memo, useMemo, useState } from 'react';
import { downloadText } from '@/components/ui/download-text';
import { Missing } from '@/components/ui/missing';
import { curveRows, stateWords, toCsv } from '@/lib/metrics/curve-table';
import { formatMetric, metricLabel } from '@/lib/metrics/metric-words';
import type { PlacedHop } from '@/lib/metrics/place-hops';
import { formatInteger } from '@/lib/shared/format';
import { formatUtc } from '@/lib/shared/time';
import classes from './metrics.module.css';

interface CurveTableProps {
  hops: readonly PlacedHop[];
  keys: readonly string[];
  /** Names the file. */
  jobName: string;
}

const PAGE = 100;

/** The numbers behind a chart: as a table, newest step first, and all of them as a file. */
export const CurveTable = memo(function CurveTable({ hops, keys, jobName }: CurveTableProps) {
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState(PAGE);
  const rows = useMemo(() => (open ? curveRows(hops, keys).reverse() : []), [open, hops, keys]);
  const several = hops.length > 1;
  return (
    <>
      <div className={classes.tableBar}>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconTable size={14} />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Hide the table' : 'Show as table'}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconDownload size={14} />}
          onClick={() => downloadText(`${jobName}-metrics.csv`, toCsv(curveRows(hops, keys), keys))}
        >
          Download CSV
        </Button>
      </div>
      {open ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section className={classes.tableScroll} aria-label="Values by step" tabIndex={0}>
          <table className={classes.table}>
            <thead>
              <tr>
                {several ? <th scope="col">Job</th> : null}
                <th scope="col">Step</th>
                {several ? <th scope="col">Cumulative</th> : null}
                {keys.map((key) => (
                  <th key={key} scope="col">
                    {metricLabel(key)}
                  </th>
                ))}
                {several ? <th scope="col">On the line</th> : null}
                <th scope="col">Time</th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, shown).map((row) => (
                <tr key={`${row.jobName} ${row.step}`} data-state={row.state}>
                  {several ? <td className={classes.text}>{row.jobName}</td> : null}
                  <th scope="row">{formatInteger(row.step)}</th>
                  {several ? <td>{formatInteger(row.cumulative)}</td> : null}
                  {keys.map((key, column) => (
                    <td key={key}>
                      <Value metric={key} value={row.values[column]} />
                    </td>
                  ))}
                  {several ? (
                    <td className={classes.text}>{row.state === 'counts' ? 'yes' : stateWords(row.state)}</td>
                  ) : null}
                  <td>
                    {Number.isFinite(row.timeMs) ? formatUtc(row.timeMs) : <Missing reason="MLflow gave no time" />}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {shown < rows.length ? (
            <div className={classes.more}>
              <Button variant="default" onClick={() => setShown(shown + 5 * PAGE)}>
                Show more
              </Button>
              <span className={classes.dim}>
                {formatInteger(shown)} of {formatInteger(rows.length)} steps
              </span>
            </div>
          ) : null}
        </section>
      ) : null}
    </>
  );
});

function Value({ metric, value }: { metric: string; value: number | null | undefined }) {
  if (value === undefined) return <Missing reason="Not logged for this step" focusable={false} />;
  if (value === null) return <Missing reason="Not a number" focusable={false} />;
  return formatMetric(metric, value);
}
