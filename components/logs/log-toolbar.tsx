'use client';

import { Button, CloseButton, Switch, TextInput } from '@mantine/core';
import { IconAlertOctagon, IconSearch } from '@tabler/icons-react';
import { type FormEvent, useEffect, useState } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { Hint } from '@/components/ui/hint';
import { TimeFilter } from '@/components/ui/time-filter';
import { ValueFilter } from '@/components/ui/value-filter';
import type { JobRef } from '@/lib/contract/jobs';
import type { LogScopeQuery } from '@/lib/contract/logs';
import { DownloadLink } from './download-link';
import classes from './log-toolbar.module.css';
import { SourceMenu } from './source-menu';
import type { LogUrlChange } from './use-log-url';

interface LogToolbarProps {
  region: string;
  job: JobRef;
  scope: LogScopeQuery;
  wrap: boolean;
  streams: readonly string[];
  awsNow: string | undefined;
  onChange: (change: LogUrlChange) => void;
  onFirstError: () => void;
  /** All lines that are held, as text; made when it is copied. */
  shownText: () => string;
  shownCount: number;
}

/** Longer is refused by the API. */
const MAX_WORDS = 512;
const MINUTE_MS = 60_000;
const PRESETS = [
  { label: 'Last 15 minutes', ms: 15 * MINUTE_MS },
  { label: 'Last hour', ms: 60 * MINUTE_MS },
  { label: 'Last 6 hours', ms: 360 * MINUTE_MS },
  { label: 'Last 24 hours', ms: 1_440 * MINUTE_MS },
];
const LEVELS = [
  { value: 'error', label: 'Errors' },
  { value: 'warn', label: 'Warnings and errors' },
];

/** Source, search, filters, and what can be done with the lines. Searching may cost calls, so it starts with Enter. */
export function LogToolbar(props: LogToolbarProps) {
  const { region, job, scope, wrap, streams, awsNow, onChange, onFirstError, shownText, shownCount } = props;
  const words = scope.q ?? '';
  const [typed, setTyped] = useState(words);
  useEffect(() => setTyped(words), [words]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange({ q: typed || null, line: null });
  };
  const clear = () => {
    setTyped('');
    onChange({ q: null });
  };
  return (
    <div className={classes.bar}>
      <div className={classes.row}>
        <SourceMenu
          region={region}
          job={job}
          source={scope.source}
          onSource={(source) =>
            onChange({ source: source === 'job' ? null : source, stream: null, line: null, open: null })
          }
        />
        {/* biome-ignore lint/a11y/useSemanticElements: React draws <search>, but old screen readers know only the role */}
        <form role="search" aria-label="Search this log" className={classes.search} onSubmit={submit}>
          <TextInput
            className={classes.input}
            aria-label="Words to find in the whole log"
            placeholder="Find in the whole log"
            leftSection={<IconSearch size={14} />}
            maxLength={MAX_WORDS}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            rightSection={typed ? <CloseButton size="xs" aria-label="Clear the search" onClick={clear} /> : null}
          />
          <Hint label="These exact words are searched for. Upper and lower case count." focusable={false}>
            <Button type="submit" variant="default" disabled={typed === words}>
              Search
            </Button>
          </Hint>
        </form>
        <Hint
          label="The first error of the last minutes before the end; where there is none, of the last hour, then of all."
          focusable={false}
        >
          <Button variant="default" leftSection={<IconAlertOctagon size={14} />} onClick={onFirstError}>
            First error
          </Button>
        </Hint>
      </div>
      <div className={classes.row}>
        <ValueFilter
          label={LEVELS.find(({ value }) => value === scope.level)?.label ?? 'Level'}
          allLabel="Every level"
          values={LEVELS}
          selected={scope.level}
          onChange={(level) => onChange({ level: level ?? null, line: null })}
        />
        <ValueFilter
          label={scope.stream ? 'One stream' : 'Stream'}
          allLabel="All streams"
          values={streams.map((name) => ({ value: name, label: name }))}
          selected={scope.stream}
          onChange={(stream) => onChange({ stream: stream ?? null, line: null })}
        />
        <TimeFilter
          label="Time"
          presets={PRESETS}
          since={scope.from}
          until={scope.to}
          awsNow={awsNow}
          onChange={({ since, until }) => onChange({ from: since ?? null, to: until ?? null, line: null })}
        />
        {scope.from || scope.to || scope.stream || scope.level ? (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => onChange({ level: null, stream: null, from: null, to: null })}
          >
            Clear filters
          </Button>
        ) : null}
        <span className={classes.gap} />
        <Switch
          size="xs"
          label="Wrap lines"
          checked={wrap}
          onChange={(event) => onChange({ wrap: event.currentTarget.checked || null })}
        />
        {shownCount > 0 ? (
          <span className={classes.copyAll}>
            <CopyButton value={shownText} what="shown lines" withText />
          </span>
        ) : null}
        <DownloadLink region={region} job={job} scope={scope} />
      </div>
    </div>
  );
}
