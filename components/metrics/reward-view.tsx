'use client';

import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useCursor } from '@/components/charts/cursor';
import { ErrorState } from '@/components/ui/error-state';
import { StaleNote } from '@/components/ui/stale-note';
import { AppError } from '@/lib/contract/app-error';
import type { JobDetail } from '@/lib/contract/jobs';
import { findWarnings, WARNING_KEYS } from '@/lib/metrics/metric-warnings';
import { passKsOf } from '@/lib/metrics/pass-ks';
import { REWARD, rewardKeys } from '@/lib/metrics/reward-keys';
import { seriesOf } from '@/lib/metrics/stitch-series';
import { warningLimits } from '@/lib/metrics/warning-limits';
import { metricsQuery } from '@/lib/queries/metrics-queries';
import { formatInteger } from '@/lib/shared/format';
import { DipExplainer } from './dip-explainer';
import { MetricPanels } from './metric-panels';
import classes from './metrics.module.css';
import { MetricsSkeleton } from './metrics-skeleton';
import { RewardPanel } from './reward-panel';
import { SourceLine, SourceNote, WhyNothing } from './source-note';
import { useBranch } from './use-branch';
import { useCurveView } from './use-curve-view';

interface RewardViewProps {
  region: string;
  job: JobDetail;
}

/** The Reward tab of a training job. */
export function RewardView({ region, job }: RewardViewProps) {
  const cursor = useCursor();
  const resumed = job.parent !== undefined && job.parent.kind !== 'evaluate';
  const view = useCurveView(resumed ? 'cumulative' : 'step');
  const keys = useMemo(() => rewardKeys(passKsOf(job.config.parsed)), [job.config.parsed]);
  const query = useBranch(region, job, keys, view.lineage);
  const { branch, source, data, error, refetch, isFetching, hopCount } = query;
  const limits = useMemo(() => warningLimits(job.config.parsed), [job.config.parsed]);
  const { data: own } = useQuery(metricsQuery(region, job, WARNING_KEYS));
  const warnings = useMemo(() => (own ? findWarnings({ series: own.series, ...limits }) : []), [own, limits]);

  if (!data || !source) {
    if (!error) return <MetricsSkeleton />;
    return (
      <ErrorState
        title="The metrics could not be loaded"
        message={error.message}
        hint={error instanceof AppError ? error.hint : undefined}
        onRetry={() => void refetch()}
        retrying={isFetching}
      />
    );
  }
  const anything = branch.hops.some((placed) => placed.hop.series.some(({ steps }) => steps.length > 0));
  if (!anything) return <WhyNothing source={source} />;
  const last = branch.hops.at(-1);
  return (
    <div className={classes.view}>
      {error ? <StaleNote message={error.message} onRetry={() => void refetch()} retrying={isFetching} /> : null}
      <SourceNote source={source} />
      <RewardPanel
        region={region}
        job={job}
        branch={branch}
        hopCount={hopCount}
        view={view}
        cursor={cursor}
        note={<SourceLine source={source} />}
      />
      {last && !seriesOf(last, REWARD.mean) && source.state === 'waiting' ? (
        <p className={classes.dim}>This job has not logged a step yet; the curve is that of the jobs before it.</p>
      ) : null}
      {warnings.length > 0 ? (
        <ul className={classes.warnings} aria-label="Warnings">
          {warnings.map((warning) => (
            <li key={`${warning.kind} ${warning.fromStep}`} className={classes.warning} data-warning={warning.kind}>
              <IconAlertTriangle size={14} aria-hidden="true" />
              <span>
                <strong>{warning.title}</strong>, steps {formatInteger(warning.fromStep)} to{' '}
                {formatInteger(warning.toStep)}. {warning.text}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      <DipExplainer region={region} job={job} branch={branch} view={view} cursor={cursor} />
      <MetricPanels region={region} jobRef={job} view={view} cursor={cursor} warnings={warnings} />
    </div>
  );
}
