'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useMemo } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { KeyValueList } from '@/components/ui/key-value-list';
import { Missing } from '@/components/ui/missing';
import { Panel } from '@/components/ui/panel';
import { AppError } from '@/lib/contract/app-error';
import type { JobDetail, JobRef } from '@/lib/contract/jobs';
import type { Series } from '@/lib/contract/metrics';
import { pagePaths } from '@/lib/contract/paths';
import { evaluationKeys, lastValue, passRows } from '@/lib/metrics/evaluation';
import { formatMetric } from '@/lib/metrics/metric-words';
import { passKsOf } from '@/lib/metrics/pass-ks';
import { jobQuery } from '@/lib/queries/jobs-queries';
import { metricsQuery } from '@/lib/queries/metrics-queries';
import { formatInteger, formatPercent, formatSignificant } from '@/lib/shared/format';
import { MetricsSkeleton } from '../metrics-skeleton';
import { SourceLine, SourceNote, WhyNothing } from '../source-note';
import classes from './evaluation.module.css';
import { RewardDistribution } from './reward-distribution';
import { useBaseEvaluation } from './use-base-evaluation';

/** The Reward tab of an evaluation job: how often it solves its prompts, beside the base model where that was evaluated. */
export function EvaluationView({ region, job }: { region: string; job: JobDetail }) {
  const keys = useMemo(() => evaluationKeys(passKsOf(job.config.parsed)), [job.config.parsed]);
  const { data, error, refetch, isFetching } = useQuery(metricsQuery(region, job, keys));
  const base = useBaseEvaluation(region, job, keys);
  if (!data) {
    if (!error) return <MetricsSkeleton />;
    return (
      <ErrorState
        title="The results could not be loaded"
        message={error.message}
        hint={error instanceof AppError ? error.hint : undefined}
        onRetry={() => void refetch()}
        retrying={isFetching}
      />
    );
  }
  const { series, source } = data;
  if (!series.some(({ steps }) => steps.length > 0)) return <WhyNothing source={source} what="results" />;
  return (
    <div className={classes.view}>
      <SourceNote source={source} />
      <div className={classes.columns}>
        <Panel title="Solved prompts" note={<SourceLine source={source} />}>
          <PassTable series={series} base={base.series} />
          <p className={classes.dim}>pass@k: at least one of k rollouts solves the prompt. pass^k: all k of them do.</p>
          <BaseLine region={region} job={job} base={base} />
        </Panel>
        <Panel title="Reward">
          <Facts series={series} base={base.series} />
        </Panel>
      </div>
      <RewardDistribution region={region} job={job} />
    </div>
  );
}

/** The score of an evaluation on its overview, and the way to all of it. Nothing while there is none. */
export function EvaluationSummaryPanel({ region, jobRef }: { region: string; jobRef: JobRef }) {
  const { data: detail } = useQuery(jobQuery(region, jobRef));
  return detail ? <EvaluationSummary region={region} job={detail.job} /> : null;
}

function EvaluationSummary({ region, job }: { region: string; job: JobDetail }) {
  const keys = useMemo(() => evaluationKeys(passKsOf(job.config.parsed)), [job.config.parsed]);
  const { data } = useQuery(metricsQuery(region, job, keys));
  const base = useBaseEvaluation(region, job, keys);
  const mean = data && lastValue(data.series, 'eval/reward/mean');
  if (!data || mean === undefined) return null;
  return (
    <Panel
      title="Results"
      note={`mean reward ${formatMetric('eval/reward/mean', mean)}`}
      actions={
        <Link className={classes.link} href={pagePaths.job(region, job.jobCategory, job.jobName, 'metrics')}>
          All results
        </Link>
      }
    >
      <PassTable series={data.series} base={base.series} />
      <BaseLine region={region} job={job} base={base} />
    </Panel>
  );
}

type Base = ReturnType<typeof useBaseEvaluation>;

function BaseLine({ region, job, base }: { region: string; job: JobDetail; base: Base }) {
  if (!job.parent) return <p className={classes.dim}>This evaluates the base model itself.</p>;
  const maker = job.parent.job;
  if (base.jobName) {
    return (
      <p className={classes.dim}>
        Beside it: the base model on the same dataset,{' '}
        <Link className={classes.link} href={pagePaths.job(region, 'AgentRFTEvaluation', base.jobName, 'metrics')}>
          {base.jobName}
        </Link>
        .
      </p>
    );
  }
  return base.loading ? null : (
    <p className={classes.dim}>
      No evaluation of the base model on this dataset is known, so there is nothing to set it against.
      {maker?.jobCategory === 'AgentRFT' ? (
        <>
          {' '}
          <Link className={classes.link} href={pagePaths.evaluateBase(region, maker.jobName)}>
            Evaluate the base model
          </Link>
        </>
      ) : null}
    </p>
  );
}

function PassTable({ series, base }: { series: readonly Series[]; base: readonly Series[] | undefined }) {
  const rows = passRows(series);
  const baseRows = new Map(passRows(base ?? []).map((row) => [row.k, row]));
  if (rows.length === 0) return <p className={classes.dim}>MLflow has no pass@k of this job.</p>;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">k</th>
          <th scope="col">pass@k</th>
          {base ? <th scope="col">base model</th> : null}
          <th scope="col">pass^k</th>
          {base ? <th scope="col">base model</th> : null}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ k, at, power }) => (
          <tr key={k}>
            <th scope="row">{formatInteger(k)}</th>
            <Share value={at} tone="strong" />
            {base ? <Share value={baseRows.get(k)?.at} tone="base" /> : null}
            <Share value={power} tone="strong" />
            {base ? <Share value={baseRows.get(k)?.power} tone="base" /> : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Share({ value, tone }: { value: number | undefined; tone: 'strong' | 'base' }) {
  if (value === undefined) {
    return (
      <td>
        <Missing reason="Not measured" focusable={false} />
      </td>
    );
  }
  const percent = `${Math.min(100, Math.max(0, value * 100)).toFixed(1)}%`;
  return (
    <td>
      <span className={classes.share}>
        <span className={classes.bar} data-tone={tone} aria-hidden="true">
          <span style={{ width: percent }} />
        </span>
        {formatPercent(value)}
      </span>
    </td>
  );
}

const FACTS = [
  ['eval/reward/mean', 'Mean reward'],
  ['eval/reward/std', 'Spread (std)'],
  ['eval/reward/min', 'Lowest'],
  ['eval/reward/max', 'Highest'],
  ['eval/reward/zero_frac', 'Reward zero'],
  ['eval/reward/success_threshold', 'Solved from'],
  ['eval/reward/succeeded_rollouts', 'Rollouts solved'],
  ['eval/reward/failed_rollouts', 'Rollouts not solved'],
  ['eval/reward/num_prompts', 'Prompts'],
  ['eval/reward/rollouts_per_prompt', 'Rollouts a prompt'],
  ['eval/turns/mean', 'Mean turns'],
  ['eval/tokens/response_mean', 'Response tokens a turn'],
  ['timing_s/eval', 'Took'],
] as const;

function Facts({ series, base }: { series: readonly Series[]; base: readonly Series[] | undefined }) {
  const items = FACTS.flatMap(([key, label]) => {
    const value = lastValue(series, key);
    if (value === undefined) return [];
    const before = base ? lastValue(base, key) : undefined;
    const compared = before !== undefined && (key === 'eval/reward/mean' || key === 'eval/turns/mean');
    return [
      {
        key,
        label,
        value: (
          <>
            {formatMetric(key, value)}
            {compared ? (
              <span className={classes.dim}>
                {' '}
                base {formatMetric(key, before)}, {value >= before ? '+' : '−'}
                {formatSignificant(Math.abs(value - before))}
              </span>
            ) : null}
          </>
        ),
      },
    ];
  });
  return <KeyValueList items={items} />;
}
