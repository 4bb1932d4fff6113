'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { useCursor } from '@/components/charts/cursor';
import { Panel } from '@/components/ui/panel';
import { SkeletonBox } from '@/components/ui/skeleton-box';
import type { JobRef } from '@/lib/contract/jobs';
import type { MetricSource } from '@/lib/contract/metrics';
import { pagePaths } from '@/lib/contract/paths';
import { prepareRewardChart } from '@/lib/metrics/prepare-reward-chart';
import { REWARD_KEYS } from '@/lib/metrics/reward-keys';
import type { StitchedPoint } from '@/lib/metrics/stitch-series';
import { formatZoom } from '@/lib/metrics/zoom';
import { jobQuery } from '@/lib/queries/jobs-queries';
import classes from './metrics.module.css';
import { RewardChart } from './reward-chart';
import { CurveNotes, PaceLine } from './reward-panel';
import { useBranch } from './use-branch';
import { DEFAULT_SMOOTHING } from './use-curve-view';
import { useVisibleChart } from './use-visible-chart';

const HEIGHT_PX = 220;

/** Reward on the overview: the curve of the whole lineage as it is drawn unasked, and the way to look closer. */
export function RewardSummaryPanel({ region, jobRef }: { region: string; jobRef: JobRef }) {
  const { data: detail } = useQuery(jobQuery(region, jobRef));
  const router = useRouter();
  const cursor = useCursor();
  const { branch, source, error, isPending } = useBranch(region, jobRef, REWARD_KEYS, true);
  const axis = branch.hops.length > 1 ? 'cumulative' : 'step';
  const prepared = useMemo(
    () => prepareRewardChart(branch.hops, { axis, smoothing: DEFAULT_SMOOTHING }),
    [branch.hops, axis],
  );
  const { chart } = useVisibleChart(prepared.model, undefined);
  const href = pagePaths.job(region, jobRef.jobCategory, jobRef.jobName, 'metrics');
  const pick = ({ at, step }: StitchedPoint) =>
    router.push(`${href}?${new URLSearchParams({ pick: `${branch.hops[at]?.hop.jobName}/${step}` })}`);
  return (
    <Panel
      title="Reward"
      note={branch.hops.length > 1 ? 'of the whole lineage' : undefined}
      actions={
        <Link href={href} className={classes.link}>
          All metrics
        </Link>
      }
    >
      {body()}
    </Panel>
  );

  function body() {
    if (isPending && !error) return <SkeletonBox height={HEIGHT_PX} />;
    if (error && !chart) return <p className={classes.dim}>{error.message}</p>;
    if (!chart) return <p className={classes.dim}>{source ? noneWords(source) : 'No reward was logged yet.'}</p>;
    return (
      <>
        <RewardChart
          prepared={prepared}
          chart={chart}
          hops={branch.hops}
          axis={axis}
          zoomed={false}
          cursor={cursor}
          heightPx={HEIGHT_PX}
          onZoom={(domain) => {
            if (domain) router.push(`${href}?${new URLSearchParams({ zoom: formatZoom(domain) })}`);
          }}
          onPick={pick}
        />
        <CurveNotes prepared={prepared} branch={branch} shown={chart.shown} total={chart.total} onPick={pick} />
        {detail ? <PaceLine job={detail.job} branch={branch} /> : null}
      </>
    );
  }
}

function noneWords({ state, message }: MetricSource): string {
  if (message) return message;
  switch (state) {
    case 'waiting':
      return 'No reward yet. It comes with the first step.';
    case 'not_configured':
      return 'This job does not log to MLflow.';
    case 'run_missing':
      return 'The MLflow run of this job is not there.';
    case 'run_ambiguous':
      return 'Several MLflow runs could be this job’s.';
    case 'resource_missing':
      return 'The MLflow app or server of this job was deleted.';
    case 'access_denied':
      return 'MLflow may not be read.';
    case 'unreachable':
      return 'MLflow did not answer.';
    case 'ready':
      return 'MLflow holds no reward of this job.';
  }
}
