'use client';

import { CloseButton } from '@mantine/core';
import Link from 'next/link';
import { memo } from 'react';
import { Hint } from '@/components/ui/hint';
import { Missing } from '@/components/ui/missing';
import { StatusWord } from '@/components/ui/status-word';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import type { ComparedJob } from '@/lib/contract/metrics';
import { pagePaths } from '@/lib/contract/paths';
import { jobStatusFacts } from '@/lib/jobs/status';
import { comparedWord } from '@/lib/metrics/compare-words';
import { formatMetric } from '@/lib/metrics/metric-words';
import { REWARD } from '@/lib/metrics/reward-keys';
import { formatInteger, formatSignificant } from '@/lib/shared/format';
import { jobColours } from '@/lib/shared/job-colours';
import classes from './compare.module.css';

interface ComparedJobsProps {
  region: string;
  jobs: readonly ComparedJob[];
  metric: string;
  words: string[];
  onJobs: (words: string[]) => void;
}

/** The jobs with the colour of each, their last value and best validation, and the way to take one out. */
export const ComparedJobs = memo(function ComparedJobs({ region, jobs, metric, words, onJobs }: ComparedJobsProps) {
  const colours = jobColours(jobs.map(({ jobName }) => jobName));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.scroll} aria-label="Compared jobs" tabIndex={0}>
      <table className={classes.jobs}>
        <thead>
          <tr>
            <th scope="col">Job</th>
            <th scope="col">Status</th>
            <th scope="col">Steps</th>
            <th scope="col">Last</th>
            <th scope="col">Best validation</th>
            <th scope="col">
              <VisuallyHidden>Take out</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => {
            const colour = colours.get(job.jobName);
            const { tone, label } = jobStatusFacts(job.jobStatus);
            const word = comparedWord(job);
            return (
              <tr key={word}>
                <th scope="row">
                  <svg width="20" height="8" aria-hidden="true" className={classes.swatch}>
                    <line
                      x1="0"
                      x2="20"
                      y1="4"
                      y2="4"
                      stroke={colour?.css}
                      strokeWidth="3"
                      strokeDasharray={colour?.dash}
                    />
                  </svg>
                  <Link href={pagePaths.job(region, job.jobCategory, job.jobName)} className={classes.link}>
                    {job.jobName}
                  </Link>
                </th>
                <td className={classes.text}>
                  <StatusWord tone={tone} label={label} />
                </td>
                <td>
                  <Steps job={job} metric={metric} />
                </td>
                <td>
                  <Last job={job} metric={metric} />
                </td>
                <td>
                  <BestValidation job={job} />
                </td>
                <td>
                  <CloseButton
                    size="sm"
                    aria-label={`Take ${job.jobName} out`}
                    onClick={() => onJobs(words.filter((each) => each !== word))}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
});

const NO_VALUE: Record<ComparedJob['source']['state'], string> = {
  ready: 'MLflow has no value of this metric for the job',
  waiting: 'Nothing was logged yet',
  not_configured: 'The job does not log to MLflow',
  run_missing: 'The MLflow run is not there',
  run_ambiguous: 'Several MLflow runs could be the job’s',
  resource_missing: 'The MLflow app or server was deleted',
  access_denied: 'MLflow may not be read',
  unreachable: 'MLflow did not answer',
};

function Steps({ job, metric }: { job: ComparedJob; metric: string }) {
  const step = job.series.find(({ key }) => key === metric)?.steps.at(-1);
  if (step === undefined) return <Missing reason={NO_VALUE[job.source.state]} />;
  if (job.stepOffset === 0) return formatInteger(step);
  return (
    <Hint
      label={`The ${formatInteger(job.stepOffset)} steps before it on its lineage are counted on the cumulative axis`}
    >
      {formatInteger(step)}
      <span className={classes.dim}>{`\u00a0+ ${formatInteger(job.stepOffset)}`}</span>
    </Hint>
  );
}

function Last({ job, metric }: { job: ComparedJob; metric: string }) {
  const value = job.series.find(({ key }) => key === metric)?.values.findLast((each) => each !== null);
  if (value === undefined || value === null) return <Missing reason={NO_VALUE[job.source.state]} />;
  return formatMetric(metric, value);
}

function BestValidation({ job }: { job: ComparedJob }) {
  const series = job.series.find(({ key }) => key === REWARD.validation);
  const place = (series?.values ?? []).reduce<number>((best, value, at, all) => {
    if (value === null) return best;
    return best === -1 || value > (all[best] ?? Number.NEGATIVE_INFINITY) ? at : best;
  }, -1);
  const value = series?.values[place];
  if (value === undefined || value === null) return <Missing reason="No validation was logged" />;
  return (
    <>
      {formatSignificant(value)} <span className={classes.dim}>step {formatInteger(series?.steps[place] ?? 0)}</span>
    </>
  );
}
