'use client';

import { IconBraces } from '@tabler/icons-react';
import { type MouseEvent, memo, useMemo } from 'react';
import type { LogEvent } from '@/lib/contract/logs';
import { findJson, formatJson, mayHoldJson } from '@/lib/logs/format-json';
import { type LineTime, toLineTime } from '@/lib/logs/line-time';
import { logLevel } from '@/lib/logs/log-level';
import { prepareLogLine } from '@/lib/logs/log-line';
import { type MarkedSpan, markMatches } from '@/lib/logs/mark-matches';
import { formatInteger } from '@/lib/shared/format';
import classes from './log-line.module.css';

interface LogLineProps {
  event: LogEvent;
  /** Words to mark. */
  words: string;
  /** Whole, however long; JSON over several lines. */
  expanded: boolean;
  onExpand: (id: string) => void;
  onPick: (event: LogEvent, extend: boolean) => void;
  picked: boolean;
  /** The viewer's time zone is known: the server's is another. */
  zoned: boolean;
}

/** 4,000 characters: a screen full when wrapped. One event may hold 256 kB, which a browser draws only slowly. */
const SHOWN_CHARS = 4_000;

/** As wide as a time. */
const NO_TIME: LineTime = { date: '     ', clock: '        ', millis: '   ' };

/** One line: its time, which chooses it, and its text as plain text. */
export const LogLine = memo(function LogLine(props: LogLineProps) {
  const { event, words, expanded, onExpand, onPick, picked, zoned } = props;
  const { message } = event;
  const json = useMemo(() => mayHoldJson(message), [message]);
  const { spans, hiddenChars } = useMemo(() => {
    const unfolded = expanded ? unfold(message) : message;
    const line = prepareLogLine(unfolded, expanded ? Number.POSITIVE_INFINITY : SHOWN_CHARS);
    return { spans: markMatches(line.spans, words), hiddenChars: line.hiddenChars };
  }, [message, expanded, words]);
  const level = useMemo(() => logLevel(message), [message]);
  const { date, clock, millis } = zoned ? toLineTime(event.timestamp) : NO_TIME;
  const pick = (click: MouseEvent) => onPick(event, click.shiftKey);
  return (
    <>
      <button
        type="button"
        className={classes.time}
        data-level={level}
        tabIndex={-1}
        aria-pressed={picked}
        title={`${event.timestamp} (UTC), ${event.stream}`}
        onClick={pick}
      >
        <time dateTime={event.timestamp}>
          <span className={classes.date}>{date} </span>
          {clock}
          <span className={classes.millis}>
            {zoned ? '.' : ' '}
            {millis}
          </span>
        </time>
      </button>
      {json ? (
        <button
          type="button"
          className={classes.fold}
          tabIndex={-1}
          aria-expanded={expanded}
          aria-label={expanded ? 'Fold the JSON' : 'Unfold the JSON'}
          onClick={() => onExpand(event.id)}
        >
          <IconBraces size={12} aria-hidden="true" />
        </button>
      ) : null}
      <span className={classes.text}>
        <Spans spans={spans} />
        {hiddenChars > 0 ? (
          <button type="button" className={classes.more} onClick={() => onExpand(event.id)}>
            … show {formatInteger(hiddenChars)} more characters
          </button>
        ) : null}
      </span>
    </>
  );
});

function Spans({ spans }: { spans: readonly MarkedSpan[] }) {
  return spans.map(({ text, colour, bold, dim, match }, i) => {
    const Tag = match ? 'mark' : 'span';
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line have no identity but their place
      <Tag key={i} data-colour={colour} data-bold={bold} data-dim={dim}>
        {text}
      </Tag>
    );
  });
}

function unfold(message: string): string {
  const found = findJson(message);
  return found ? found.before + formatJson(found.json) : message;
}
