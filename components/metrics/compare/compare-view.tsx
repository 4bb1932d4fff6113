'use client';

import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { useCursor } from '@/components/charts/cursor';
import { CurveChart } from '@/components/charts/curve-chart';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { LinkButton } from '@/components/ui/link-button';
import { Panel } from '@/components/ui/panel';
import { StaleNote } from '@/components/ui/stale-note';
import { AppError } from '@/lib/contract/app-error';
import { pagePaths } from '@/lib/contract/paths';
import { MAX_COMPARED, parseComparedWords } from '@/lib/metrics/compare-words';
import { formatMetric, metricLabel } from '@/lib/metrics/metric-words';
import { MAX_RAW, prepareCompareChart } from '@/lib/metrics/prepare-compare-chart';
import { readAt } from '@/lib/metrics/read-point';
import { REWARD } from '@/lib/metrics/reward-keys';
import { comparedKeys, compareQuery } from '@/lib/queries/metrics-queries';
import { formatInteger, formatPlural } from '@/lib/shared/format';
import { CurveToolbar } from '../curve-toolbar';
import { MetricsSkeleton } from '../metrics-skeleton';
import { useCurveView } from '../use-curve-view';
import { useVisibleChart } from '../use-visible-chart';
import { AddJob } from './add-job';
import classes from './compare.module.css';
import { ComparedJobs } from './compared-jobs';
import { ConfigDiff } from './config-diff';
import { GuardNote } from './guard-note';

/** What jobs are compared by. Any other metric key in the URL works as well. */
const METRICS = [
  REWARD.mean,
  REWARD.validation,
  'val/reward/pass_at_1',
  'rollout/reward/zero_frac',
  'rollout/turns/mean',
  'rollout/tokens/response_mean',
  'rollout/advantage/std',
  'analysis/zero_adv_groups',
  'timing_s/step',
];

const HEIGHT_PX = 360;

/** Jobs side by side: curves over each other, and what differs in their configs. All of it stands in the URL. */
export function CompareView({ region }: { region: string }) {
  const [words, setWords] = useQueryStates(
    { jobs: parseAsString, metric: parseAsString.withDefault(REWARD.mean) },
    { history: 'push', shallow: true, scroll: false },
  );
  const jobs = useMemo(() => parseComparedWords(words.jobs), [words.jobs]);
  const setJobs = useCallback(
    (next: string[]) => void setWords({ jobs: next.length > 0 ? next.join(',') : null }),
    [setWords],
  );
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{jobs.length > 0 ? `Compare ${formatPlural(jobs.length, 'job')}` : 'Compare jobs'}</h1>
        <AddJob region={region} jobs={jobs} onAdd={(word) => setJobs([...jobs, word])} />
      </header>
      {jobs.length === 0 ? (
        <EmptyState
          title="Choose jobs to compare"
          actions={<LinkButton href={pagePaths.jobs(region)}>Jobs of {region}</LinkButton>}
        >
          <p>Add two to {MAX_COMPARED} jobs here by name, or select them in the jobs list.</p>
        </EmptyState>
      ) : (
        <Compared
          region={region}
          jobs={jobs}
          metric={words.metric}
          onMetric={(metric) => void setWords({ metric })}
          onJobs={setJobs}
        />
      )}
    </div>
  );
}

interface ComparedProps {
  region: string;
  jobs: string[];
  metric: string;
  onMetric: (key: string) => void;
  onJobs: (jobs: string[]) => void;
}

function Compared({ region, jobs, metric, onMetric, onJobs }: ComparedProps) {
  const view = useCurveView('step');
  const cursor = useCursor();
  const { axis, smoothing, zoom, setZoom } = view;
  const { data, error, refetch, isFetching, isPlaceholderData } = useQuery(
    compareQuery(region, jobs, comparedKeys(metric)),
  );
  const model = useMemo(
    () => (data ? prepareCompareChart(data.jobs, { axis, smoothing, key: metric }) : undefined),
    [data, axis, smoothing, metric],
  );
  const { chart, zoomed, move } = useVisibleChart(model, zoom);
  const format = useCallback((value: number) => formatMetric(metric, value), [metric]);
  const read = useCallback(
    (x: number) => {
      if (!model) return { title: '', values: [], notes: [] };
      const reading = readAt(model, x, format);
      // Twenty raw values beside twenty smoothed ones cannot be read.
      return { ...reading, values: reading.values.filter(({ id }) => !id.endsWith(' raw')) };
    },
    [model, format],
  );
  if (!data) {
    if (!error) return <MetricsSkeleton />;
    return (
      <ErrorState
        title="The jobs could not be compared"
        message={error.message}
        hint={error instanceof AppError ? error.hint : undefined}
        onRetry={() => void refetch()}
        retrying={isFetching}
      />
    );
  }
  const known = METRICS.includes(metric) ? METRICS : [metric, ...METRICS];
  return (
    <div className={classes.view} aria-busy={isPlaceholderData}>
      {error ? <StaleNote message={error.message} onRetry={() => void refetch()} retrying={isFetching} /> : null}
      {data.missing.length > 0 ? (
        <p className={classes.missing} role="status">
          Not in the catalog, and left out: {data.missing.join(', ')}.
        </p>
      ) : null}
      <GuardNote jobs={data.jobs} />
      <Panel
        title={metricLabel(metric)}
        note={[
          chart && chart.shown < chart.total
            ? `${formatInteger(chart.shown)} of ${formatInteger(chart.total)} points`
            : undefined,
          data.jobs.length > MAX_RAW && smoothing > 0 ? `smoothed; raw lines up to ${MAX_RAW} jobs` : undefined,
        ]
          .filter(Boolean)
          .join(', ')}
        actions={
          <>
            <Select
              aria-label="Metric"
              className={classes.metric}
              data={known.map((key) => ({ value: key, label: metricLabel(key) }))}
              value={metric}
              onChange={(key) => onMetric(key ?? REWARD.mean)}
              allowDeselect={false}
            />
            <CurveToolbar view={view} zoomed={zoomed} />
          </>
        }
      >
        {chart ? (
          <CurveChart
            chart={chart}
            label={`${metricLabel(metric)} of ${formatPlural(data.jobs.length, 'job')}`}
            heightPx={HEIGHT_PX}
            cursor={cursor}
            read={read}
            formatLeft={format}
            onZoom={setZoom}
            onMove={move}
            zoomed={zoomed}
          />
        ) : (
          <p className={classes.nothing}>None of these jobs has a value of {metric}.</p>
        )}
        <ComparedJobs region={region} jobs={data.jobs} metric={metric} words={jobs} onJobs={onJobs} />
      </Panel>
      <ConfigDiff jobs={data.jobs} region={region} />
    </div>
  );
}
