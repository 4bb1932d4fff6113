'use client';

import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect, useMemo } from 'react';
import { Panel } from '@/components/ui/panel';
import { SkeletonBox } from '@/components/ui/skeleton-box';
import type { JobRef } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import { distribute } from '@/lib/metrics/evaluation';
import { rolloutsQuery } from '@/lib/queries/metrics-queries';
import { formatInteger, formatPercent, formatPlural, formatSignificant } from '@/lib/shared/format';
import classes from './evaluation.module.css';

/** The API's largest page, and as many as the server has read at once. */
const PAGE = 500;
const MAX_PAGES = 4;

/** How the rewards of single rollouts spread, as far as they were read. */
export function RewardDistribution({ region, job }: { region: string; job: JobRef }) {
  const query = useInfiniteQuery(rolloutsQuery(region, job, { outcome: 'all', sort: 'time', limit: PAGE }));
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const pageCount = data?.pages.length ?? 0;
  // Of a part nobody can tell how the whole spreads: it is read as far as one batch of the server goes.
  const more = hasNextPage && pageCount < MAX_PAGES;
  useEffect(() => {
    if (more && !isFetchingNextPage && !error) void fetchNextPage();
  }, [more, isFetchingNextPage, error, fetchNextPage]);
  const rollouts = useMemo(() => data?.pages.flatMap((page) => page.rollouts) ?? [], [data]);
  const rewards = rollouts.flatMap(({ reward }) => (reward === undefined ? [] : [reward]));
  const buckets = distribute(rewards);
  const most = Math.max(1, ...buckets.map(({ count }) => count));
  const total = data?.pages[0]?.total;
  return (
    <Panel
      title="Reward of single rollouts"
      note={rewards.length > 0 ? readWords(rewards.length, hasNextPage ? total : undefined) : undefined}
      actions={
        <Link className={classes.link} href={pagePaths.job(region, job.jobCategory, job.jobName, 'rollouts')}>
          All rollouts
        </Link>
      }
    >
      {body()}
    </Panel>
  );

  function body() {
    if (!data) return error ? <p className={classes.dim}>{error.message}</p> : <SkeletonBox height={160} />;
    if (rollouts.length === 0) return <p className={classes.dim}>MLflow holds no rollout of this job.</p>;
    if (rewards.length === 0) return <p className={classes.dim}>MLflow does not say the reward of single rollouts.</p>;
    return (
      <>
        <table className={classes.histogram}>
          <thead className={classes.reader}>
            <tr>
              <th scope="col">Reward</th>
              <th scope="col">Rollouts</th>
            </tr>
          </thead>
          <tbody>
            {buckets.map(({ from, to, count }) => (
              <tr key={from}>
                <th scope="row">
                  {from === to ? formatSignificant(from) : `${formatSignificant(from)} to ${formatSignificant(to)}`}
                </th>
                <td className={classes.wide}>
                  <span className={classes.bar} data-tone="strong" aria-hidden="true">
                    <span style={{ width: `${((count / most) * 100).toFixed(1)}%` }} />
                  </span>
                </td>
                <td>
                  {formatInteger(count)} <span className={classes.dim}>{formatPercent(count / rewards.length)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {hasNextPage && !more ? (
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Read more rollouts
          </Button>
        ) : null}
      </>
    );
  }
}

const readWords = (count: number, total: number | undefined) =>
  total === undefined
    ? formatPlural(count, 'rollout')
    : `${formatInteger(count)} of ${formatInteger(total)} rollouts, the newest`;
