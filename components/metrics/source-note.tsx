'use client';

import {
  IconArrowsSplit,
  IconChartDots,
  IconClock,
  IconDatabaseOff,
  IconSearchOff,
  IconSettingsOff,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { NoPermissionState } from '@/components/ui/no-permission-state';
import { StaleNote } from '@/components/ui/stale-note';
import { TimeText } from '@/components/ui/time-text';
import type { MetricSource } from '@/lib/contract/metrics';
import classes from './metrics.module.css';

interface WhyNothingProps {
  source: MetricSource;
  /** What there is none of: "metrics", "rollouts". */
  what?: string;
  actions?: ReactNode;
}

/** Why there is nothing to draw: each reason has a look of its own. */
export function WhyNothing({ source, what = 'metrics', actions }: WhyNothingProps) {
  const { message, hint } = source;
  const words = (fallback: string) => (
    <>
      <p>{message ?? fallback}</p>
      {hint ? <p>{hint}</p> : null}
    </>
  );
  switch (source.state) {
    case 'waiting':
      return (
        <EmptyState icon={<IconClock size={20} />} title={`No ${what} yet`} actions={actions}>
          {words('They come with the first step, and appear here by themselves.')}
        </EmptyState>
      );
    case 'not_configured':
      return (
        <EmptyState icon={<IconSettingsOff size={20} />} title="This job does not log to MLflow" actions={actions}>
          {words('Its config names no MLflow app or tracking server.')}
        </EmptyState>
      );
    case 'run_missing':
      return (
        <EmptyState icon={<IconSearchOff size={20} />} title="The MLflow run is not there" actions={actions}>
          {words('It was deleted, or was never made.')}
        </EmptyState>
      );
    case 'run_ambiguous':
      return (
        <EmptyState icon={<IconArrowsSplit size={20} />} title="Several runs could be this job’s" actions={actions}>
          {words('MLflow has more than one run of that name, and nothing says which is its own.')}
        </EmptyState>
      );
    case 'resource_missing':
      return (
        <EmptyState icon={<IconDatabaseOff size={20} />} title="Its MLflow is gone" actions={actions}>
          {words('The MLflow app or tracking server of this job was deleted.')}
        </EmptyState>
      );
    case 'access_denied':
      return (
        <NoPermissionState
          title="MLflow may not be read"
          message={message ?? 'The credentials of Cairn do not allow it.'}
          hint={hint}
          actions={actions}
        />
      );
    case 'unreachable':
      return (
        <ErrorState
          title="MLflow did not answer"
          message={message ?? 'The server is down or was deleted.'}
          hint={hint ?? 'Cairn tries again by itself.'}
          actions={actions}
        />
      );
    case 'ready':
      return (
        <EmptyState icon={<IconChartDots size={20} />} title={`The run holds no ${what}`} actions={actions}>
          {words('MLflow was read and has none for this job.')}
        </EmptyState>
      );
  }
}

const NOT_WELL = new Set<MetricSource['state']>([
  'run_missing',
  'run_ambiguous',
  'resource_missing',
  'access_denied',
  'unreachable',
]);

/** Above curves that were read before and cannot be read again now. */
export function SourceNote({ source }: { source: MetricSource }) {
  if (!NOT_WELL.has(source.state)) return null;
  return <StaleNote message={source.message ?? 'MLflow can not be read at the moment.'} hint={source.hint} />;
}

const FOUND_WORDS = {
  service_output: 'the run named by the job',
  config: 'the run named in the config',
  run_name: 'a run found by its name',
} as const;

/** Where the numbers come from, and how old they are. */
export function SourceLine({ source }: { source: MetricSource }) {
  return (
    <span className={classes.dim}>
      MLflow{source.foundBy ? `, ${FOUND_WORDS[source.foundBy]}` : ''}
      {source.complete ? ', read to the end' : ''}
      {!source.complete && source.readAt ? (
        <>
          , read <TimeText iso={source.readAt} />
        </>
      ) : null}
    </span>
  );
}
