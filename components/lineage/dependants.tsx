'use client';

import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { JobRef, LineageKind } from '@/lib/contract/jobs';
import { formatInteger, formatPlural, formatSignificant } from '@/lib/shared/format';
import { Jump } from './jump';
import classes from './lineage.module.css';

export interface Dependant extends JobRef {
  kind: LineageKind;
  jobStatus: string;
  secondaryStatus: string;
  step?: number;
  score?: number;
}

interface DependantsProps {
  title: string;
  /** Every one the catalog knows, on the screen or not; undefined while it is asked. */
  dependants: readonly Dependant[] | undefined;
  none: string;
  withStep?: boolean;
  onGoTo: (focus: string) => void;
  children?: ReactNode;
}

const WORDS: Record<LineageKind, string> = {
  resume: 'resumed',
  iterate: 'iterated',
  evaluate: 'evaluates',
  unknown: 'started',
};
/** A fan-out of a hundred is a list to open, not to scroll past. */
const FIRST = 12;

/** The jobs that hang on something, each a way to it. */
export function Dependants({ title, dependants, none, withStep = false, onGoTo, children }: DependantsProps) {
  const [all, setAll] = useState(false);
  const shown = all ? dependants : dependants?.slice(0, FIRST);
  const more = (dependants?.length ?? 0) - (shown?.length ?? 0);
  return (
    <section className={classes.section} aria-label={title}>
      <h3 className={classes.sectionTitle}>
        {title}
        {dependants && dependants.length > 0 ? (
          <span className={classes.sectionNote}>{formatPlural(dependants.length, 'job')}</span>
        ) : null}
      </h3>
      {shown === undefined ? children : null}
      {shown?.length === 0 ? <p className={classes.why}>{none}</p> : null}
      {shown && shown.length > 0 ? (
        <ul className={classes.list}>
          {shown.map((each) => (
            <Jump
              key={`${each.jobCategory}/${each.jobName}`}
              job={each}
              onGoTo={onGoTo}
              note={noteOf(each, withStep)}
            />
          ))}
        </ul>
      ) : null}
      {more > 0 ? (
        <div>
          <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
            Show {formatPlural(more, 'more job')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function noteOf({ kind, score, step }: Dependant, withStep: boolean): string {
  const word = score === undefined ? WORDS[kind] : `scored ${formatSignificant(score)}`;
  return withStep && step !== undefined ? `${word}, step ${formatInteger(step)}` : word;
}
