import type { ComparedJob } from '../contract/metrics';
import type { ChartLine, ChartModel } from '../shared/chart-model';
import { jobColours } from '../shared/job-colours';
import { metricLabel } from './metric-words';
import type { AxisMode } from './place-hops';
import { AXIS_LABELS, withExtent } from './prepare-reward-chart';
import { smooth } from './smooth';

interface CompareOptions {
  axis: AxisMode;
  smoothing: number;
  key: string;
}

/** Raw lines of more jobs than this are a fog in which nothing can be followed. */
export const MAX_RAW = 6;

/** One metric of several jobs over each other. On time every job starts at zero: they did not run at the same hour. */
export function prepareCompareChart(
  jobs: readonly ComparedJob[],
  { axis, smoothing, key }: CompareOptions,
): ChartModel {
  const colours = jobColours(jobs.map(({ jobName }) => jobName));
  const lines = jobs.flatMap((job): ChartLine[] => {
    const series = job.series.find((each) => each.key === key);
    if (!series || series.steps.length === 0) return [];
    const { css: colour = '', dash } = colours.get(job.jobName) ?? {};
    const startMs = Date.parse(job.creationTime);
    const xs =
      axis === 'time'
        ? series.timesMs.map((ms) => ms - startMs)
        : series.steps.map((step) => (axis === 'cumulative' ? job.stepOffset + step : step));
    const base = { label: job.jobName, side: 'left', colour, ...(dash ? { dash } : {}), xs } as const;
    const id = `${job.jobCategory}/${job.jobName}`;
    if (smoothing > 0 && jobs.length > MAX_RAW) {
      return [{ ...base, id, look: 'strong', ys: smooth(series.values, smoothing) }];
    }
    if (smoothing === 0) return [{ ...base, id, look: 'strong', ys: series.values }];
    return [
      { ...base, id: `${id} raw`, label: `${job.jobName}, raw`, look: 'pale', ys: series.values },
      { ...base, id, look: 'strong', counts: false, ys: smooth(series.values, smoothing) },
    ];
  });
  // Pale lines first: no job's raw line may cover another's smoothed one.
  lines.sort((a, b) => Number(a.look === 'strong') - Number(b.look === 'strong'));
  const extent = withExtent(lines);
  return {
    xKind: axis === 'time' ? 'time' : 'step',
    xLabel: axis === 'time' ? 'Time since each job started' : AXIS_LABELS[axis],
    leftLabel: metricLabel(key),
    ...extent,
    ...(axis === 'time' && extent.extent ? { zeroMs: 0 } : {}),
    lines,
    bands: [],
    seams: [],
    marks: [],
    spans: [],
    stops: [...new Set(lines.flatMap(({ xs }) => xs))].sort((a, b) => a - b),
  };
}
