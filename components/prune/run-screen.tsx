'use client';

import { Button, UnstyledButton } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import chips from '@/components/ui/filter-bar.module.css';
import { Hint } from '@/components/ui/hint';
import { ProgressBar } from '@/components/ui/progress-bar';
import { StatusIcon } from '@/components/ui/status-icon';
import { TimeText } from '@/components/ui/time-text';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { AppError } from '@/lib/contract/app-error';
import { ERROR_CODES, type ErrorCode } from '@/lib/contract/error-codes';
import { pagePaths } from '@/lib/contract/paths';
import { ITEM_STATES, type PruneRun, type PruneRunChange } from '@/lib/contract/prune';
import { formatPruneSearch } from '@/lib/prune/prune-search';
import { healthQuery } from '@/lib/queries/jobs-queries';
import { changePruneRunMutation, pruneRunQuery } from '@/lib/queries/prune-queries';
import { formatInteger, formatPlural } from '@/lib/shared/format';
import classes from './prune.module.css';
import { PruneSkeleton } from './prune-skeleton';
import { RunItems } from './run-items';
import { fractionOf, ITEM_LABELS, ITEM_TONES, progressWords, RUN_LABELS, RUN_TONES } from './run-words';
import { rowAt, usePages } from './use-pages';

/** One clean-up: how it stands, what can be done with it, and what became of each checkpoint. */
export function RunScreen({ region, run: id }: { region: string; run: number }) {
  const [state, setState] = useQueryState('state', parseAsStringLiteral(ITEM_STATES));
  const first = useQuery(pruneRunQuery(region, id, state ?? undefined));
  const { pages, onSight } = usePages();
  const others = useQueries({ queries: pages.map((page) => pruneRunQuery(region, id, state ?? undefined, page)) });
  const itemsOf = new Map(pages.map((page, i) => [page, others[i]?.data?.items]));
  const { data, error, refetch, isFetching } = first;
  if (!data) {
    const heading = (
      <VisuallyHidden>
        <h1>Clean-up {id}</h1>
      </VisuallyHidden>
    );
    if (!error) {
      return (
        <>
          {heading}
          <PruneSkeleton />
        </>
      );
    }
    return (
      <>
        {heading}
        <ErrorState
          title="The clean-up could not be loaded"
          message={error.message}
          hint={error instanceof AppError ? error.hint : undefined}
          onRetry={() => void refetch()}
          retrying={isFetching}
          actions={<Link href={pagePaths.prune(region)}>All clean-ups</Link>}
        />
      </>
    );
  }
  const { run } = data;
  return (
    <div className={classes.screen}>
      <header className={classes.head}>
        <p className={classes.back}>
          <Link className={classes.link} href={pagePaths.prune(region)}>
            Prune
          </Link>
        </p>
        <h1>Clean-up {run.id}</h1>
      </header>
      <RunState region={region} run={run} />
      <fieldset className={`${chips.statuses} ${classes.bar}`}>
        <legend className={chips.legend}>Show</legend>
        {ITEM_STATES.filter((each) => run.counts[each] > 0 || each === state).map((each) => (
          <UnstyledButton
            key={each}
            className={chips.chip}
            aria-pressed={state === each}
            onClick={() => void setState(state === each ? null : each)}
          >
            <StatusIcon tone={ITEM_TONES[each]} sizePx={12} />
            {ITEM_LABELS[each]}
            <span className={chips.count}>{formatInteger(run.counts[each])}</span>
          </UnstyledButton>
        ))}
      </fieldset>
      {data.total === 0 ? (
        <EmptyState title="No checkpoint in this state" />
      ) : (
        <RunItems
          region={region}
          total={data.total}
          itemAt={(index) => rowAt(index, data.items, itemsOf)}
          onSight={onSight}
          stale={first.isPlaceholderData}
        />
      )}
    </div>
  );
}

function RunState({ region, run }: { region: string; run: PruneRun }) {
  const rules = formatPruneSearch({ ...run.rules, show: 'go' });
  return (
    <section className={classes.summary} aria-label="How it stands">
      <div className={classes.runHead}>
        <StatusIcon tone={RUN_TONES[run.state]} sizePx={16} />
        <strong>{RUN_LABELS[run.state]}</strong>
        <span role="status">{progressWords(run)}</span>
      </div>
      <RunButtons region={region} run={run} />
      <div className={classes.wide}>
        <ProgressBar fraction={fractionOf(run)} tone={RUN_TONES[run.state]} label={progressWords(run)} />
      </div>
      {run.trouble ? (
        <p className={classes.problem} role="alert">
          Held up: {run.trouble.message} {run.trouble.hint}{' '}
          {goesOn(run.trouble.code) ? 'It goes on by itself.' : 'It goes on when that is mended.'}
        </p>
      ) : null}
      <dl className={`${classes.facts} ${classes.wide}`}>
        <div>
          <dt>Started</dt>
          <dd>
            <TimeText iso={run.startTime} />
          </dd>
        </div>
        {run.endTime ? (
          <div>
            <dt>Ended</dt>
            <dd>
              <TimeText iso={run.endTime} />
            </dd>
          </div>
        ) : null}
        <div>
          <dt>By</dt>
          <dd className={classes.any}>{run.who ?? 'unknown credentials'}</dd>
        </div>
        <div>
          <dt>Rules</dt>
          <dd>
            <Link className={classes.link} href={pagePaths.prune(region, rules)}>
              {rules === '' ? 'As they are at first' : rules.replaceAll('&', ', ')}
            </Link>
            {run.dropped > 0 ? `; ${formatInteger(run.dropped)} left out by hand` : ''}
          </dd>
        </div>
      </dl>
    </section>
  );
}

/** Whether what holds it up passes without anybody's doing. */
const goesOn = (code: string) => code === 'filling' || ERROR_CODES[code as ErrorCode]?.retryable === true;

function RunButtons({ region, run }: { region: string; run: PruneRun }) {
  const [ending, setEnding] = useState(false);
  const health = useQuery(healthQuery());
  const change = useMutation(changePruneRunMutation(region, run.id, useQueryClient()));
  const reason = health.data?.readOnly?.reason;
  const open = run.state === 'running' || run.state === 'paused';
  const button = (what: PruneRunChange, label: string, icon: React.ReactNode, onClick = () => change.mutate(what)) => (
    <Hint label={reason ?? label} focusable={false}>
      <Button
        variant="default"
        leftSection={icon}
        loading={change.isPending && change.variables === what}
        data-disabled={reason ? true : undefined}
        aria-disabled={reason ? true : undefined}
        onClick={() => (reason ? undefined : onClick())}
      >
        {label}
      </Button>
    </Hint>
  );
  return (
    <div className={classes.runButtons}>
      {run.state === 'running' ? button('pause', 'Pause', <IconPlayerPause size={14} />) : null}
      {run.state === 'paused' ? button('resume', 'Go on', <IconPlayerPlay size={14} />) : null}
      {run.counts.failed > 0
        ? button('retry', `Try ${formatPlural(run.counts.failed, 'failed one')} again`, <IconRefresh size={14} />)
        : null}
      {open ? button('end', 'End', <IconPlayerStop size={14} />, () => setEnding(true)) : null}
      {change.error ? (
        <p role="alert" className={classes.problem}>
          {change.error.message} {change.error instanceof AppError ? change.error.hint : null}
        </p>
      ) : null}
      <Dialog opened={ending} onClose={() => setEnding(false)} title="End this clean-up?">
        <p>
          {formatPlural(run.counts.waiting, 'checkpoint')} that still {run.counts.waiting === 1 ? 'waits' : 'wait'} will
          be kept. What is deleted stays deleted.
        </p>
        <div className={classes.buttons}>
          <Button variant="default" onClick={() => setEnding(false)} data-autofocus>
            Let it run
          </Button>
          <Button
            onClick={() => {
              setEnding(false);
              change.mutate('end');
            }}
          >
            End it
          </Button>
        </div>
      </Dialog>
    </div>
  );
}
