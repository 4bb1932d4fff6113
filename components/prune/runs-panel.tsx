'use client';

import Link from 'next/link';
import { Panel } from '@/components/ui/panel';
import { ProgressBar } from '@/components/ui/progress-bar';
import { StatusIcon } from '@/components/ui/status-icon';
import { TimeText } from '@/components/ui/time-text';
import { pagePaths } from '@/lib/contract/paths';
import type { PruneRun } from '@/lib/contract/prune';
import classes from './prune.module.css';
import { fractionOf, progressWords, RUN_LABELS, RUN_TONES } from './run-words';

interface RunsPanelProps {
  region: string;
  runs: readonly PruneRun[] | undefined;
  error: Error | null;
}

/** Every clean-up there was, and the one under way. */
export function RunsPanel({ region, runs, error }: RunsPanelProps) {
  return (
    <Panel title="Clean-ups">
      {runs === undefined ? (
        <p className={classes.dim}>{error ? error.message : 'Loading…'}</p>
      ) : runs.length === 0 ? (
        <p className={classes.dim}>None yet. What is deleted here is written down for good.</p>
      ) : (
        <ul className={classes.runs}>
          {runs.map((run) => (
            <li key={run.id}>
              <span className={classes.runLine}>
                <StatusIcon tone={RUN_TONES[run.state]} sizePx={14} />
                <Link className={classes.link} href={pagePaths.pruneRun(region, run.id)}>
                  Clean-up {run.id}
                </Link>
                <span className={classes.dim}>{RUN_LABELS[run.state]}</span>
                <TimeText iso={run.startTime} focusable={false} />
              </span>
              {run.state === 'running' || run.state === 'paused' ? (
                <ProgressBar fraction={fractionOf(run)} tone={RUN_TONES[run.state]} label={progressWords(run)} />
              ) : null}
              <span className={classes.dim}>{progressWords(run)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
