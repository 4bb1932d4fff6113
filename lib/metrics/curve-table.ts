import { csvLine } from '../shared/csv';
import type { PlacedHop } from './place-hops';

/** One step of one job with all its values, for the table beside a chart and for the file. */
export interface CurveRow {
  jobName: string;
  step: number;
  cumulative: number;
  timeMs: number;
  /** `counts`: on the line. Otherwise what became of it. */
  state: 'counts' | 'redone' | 'left_aside';
  /** In the order of the keys; undefined: never told for this step; null: not a number. */
  values: (number | null | undefined)[];
}

/** Every step of a branch with the values of some metrics, jobs in order and steps ascending. Nothing is thinned. */
export function curveRows(hops: readonly PlacedHop[], keys: readonly string[]): CurveRow[] {
  return hops.flatMap(({ hop, offset, lastStep, beyond }) => {
    const rows = new Map<number, CurveRow>();
    keys.forEach((key, column) => {
      const series = hop.series.find((each) => each.key === key);
      series?.steps.forEach((step, place) => {
        const row = rows.get(step) ?? {
          jobName: hop.jobName,
          step,
          cumulative: offset + step,
          timeMs: series.timesMs[place] ?? Number.NaN,
          state: lastStep !== undefined && step > lastStep ? (beyond ?? 'left_aside') : 'counts',
          values: new Array<undefined>(keys.length).fill(undefined),
        };
        row.values[column] = series.values[place] ?? null;
        rows.set(step, row);
      });
    });
    return [...rows.values()].sort((a, b) => a.step - b.step);
  });
}

const STATE_WORDS = { counts: 'on the line', redone: 'lost and redone', left_aside: 'left aside' } as const;
export const stateWords = (state: CurveRow['state']): string => STATE_WORDS[state];

/** The rows as CSV, with full precision: empty where nothing was told, NaN where what was told is no number. */
export function toCsv(rows: readonly CurveRow[], keys: readonly string[]): string {
  const head = ['job', 'step', 'cumulative_step', 'time', 'state', ...keys];
  const lines = rows.map((row) => [
    row.jobName,
    row.step,
    row.cumulative,
    Number.isFinite(row.timeMs) ? new Date(row.timeMs).toISOString() : '',
    stateWords(row.state),
    ...row.values.map((value) => (value === undefined ? '' : value === null ? 'NaN' : value)),
  ]);
  return [head, ...lines].map(csvLine).join('');
}
