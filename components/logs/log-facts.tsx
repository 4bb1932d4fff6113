'use client';

import { IconArchive } from '@tabler/icons-react';
import { useTickingAge } from '@/components/ui/aws-clock';
import { CopyButton } from '@/components/ui/copy-button';
import { Hint } from '@/components/ui/hint';
import { MiddleCut } from '@/components/ui/middle-cut';
import { StatusIcon } from '@/components/ui/status-icon';
import type { LogFeedState } from '@/lib/queries/log-feed';
import { formatInteger, formatPlural } from '@/lib/shared/format';
import { formatAge, parseTime } from '@/lib/shared/time';
import classes from './log-facts.module.css';

interface LogFactsProps {
  state: LogFeedState;
  /** The lines are what a search found. */
  searching: boolean;
}

/** One line under the tools: what is shown, how fresh it is, and where it comes from. */
export function LogFacts({ state, searching }: LogFactsProps) {
  const { events, about, searched, live, hasOlder, hasLater } = state;
  const count = formatPlural(events.length, 'line');
  return (
    <div className={classes.facts}>
      {live ? <Live asOf={about?.asOf} /> : null}
      {events.length > 0 || searching ? (
        <span>{searching ? `${count} found` : hasOlder || hasLater ? `${count} read` : `${count} in all`}</span>
      ) : null}
      {about?.kept ? <Kept kept={about.kept} /> : null}
      {searched ? (
        <span>
          searched <Moment iso={searched.from} /> to <Moment iso={searched.to} />
          {searched.complete ? ', the whole log' : ''}
          {searched.lines === undefined ? '' : `, ${formatPlural(searched.lines, 'line')}`}
        </span>
      ) : null}
      {about ? (
        <span className={classes.group}>
          <MiddleCut text={about.logGroup} mono tailLength={20} />
          <CopyButton value={about.logGroup} what="log group" />
        </span>
      ) : null}
      {about && about.streams.length > 1 ? <span>{formatPlural(about.streams.length, 'stream')}</span> : null}
    </div>
  );
}

/** Server and browser write the same day. */
const KEPT_DAY = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;

/** The lines come from the catalog. */
function Kept({ kept }: { kept: NonNullable<NonNullable<LogFeedState['about']>['kept']> }) {
  const since = new Date(kept.at).toLocaleDateString('en-GB', KEPT_DAY);
  return (
    <Hint
      label={`Kept in Cairn’s catalog since ${since}, ${formatInteger(kept.lines)} lines. Reading it asks AWS for nothing, and it outlives the retention of its group.${kept.whole ? '' : ' The log was longer than is kept of one; its beginning is missing.'}`}
    >
      <span className={classes.kept}>
        <IconArchive size={12} aria-hidden="true" />
        Kept by Cairn{kept.whole ? '' : ', the end only'}
      </span>
    </Hint>
  );
}

/** The age is by the clock of this machine: the server that read the log stamps it with its own. */
function Live({ asOf }: { asOf: string | undefined }) {
  const readMs = parseTime(asOf);
  const age = useTickingAge(formatAge, readMs ?? 0);
  return (
    <span className={classes.live}>
      <StatusIcon tone="running" sizePx={12} />
      Live
      {readMs === undefined ? null : <span className={classes.age}>{age}</span>}
    </span>
  );
}

function Moment({ iso }: { iso: string }) {
  const time = new Date(iso);
  const text = time.toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (
    <time dateTime={iso} title={`${iso} (UTC)`}>
      {text}
    </time>
  );
}
