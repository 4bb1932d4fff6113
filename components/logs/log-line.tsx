'use client';

import { ActionIcon } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { memo, useMemo, useState } from 'react';
import { copyText } from '@/components/ui/copy-text';
import type { LogEvent } from '@/lib/contract/logs';
import { toLineTime } from '@/lib/logs/line-time';
import { plainLogText, prepareLogLine } from '@/lib/logs/log-line';
import { markMatches } from '@/lib/logs/mark-matches';
import { formatInteger } from '@/lib/shared/format';
import classes from './log-line.module.css';

interface LogLineProps {
  event: LogEvent;
  /** Words to mark. */
  words: string;
  expanded: boolean;
  onExpand: (id: string) => void;
}

/** 4,000 characters: a screen full when wrapped. One event may hold 256 kB, which a browser draws only slowly. */
const SHOWN_CHARS = 4_000;

/** One line: its time, its text as plain text, and what can be done with it. */
export const LogLine = memo(function LogLine({ event, words, expanded, onExpand }: LogLineProps) {
  const { spans, hiddenChars } = useMemo(() => {
    const line = prepareLogLine(event.message, expanded ? Number.POSITIVE_INFINITY : SHOWN_CHARS);
    return { spans: markMatches(line.spans, words), hiddenChars: line.hiddenChars };
  }, [event.message, expanded, words]);
  const { date, clock, millis } = toLineTime(event.timestamp);
  return (
    <>
      <time className={classes.time} dateTime={event.timestamp} title={`${event.timestamp} (UTC)`}>
        <span className={classes.date}>{date} </span>
        {clock}
        <span className={classes.millis}>.{millis}</span>
      </time>
      <span className={classes.text}>
        {spans.map(({ text, colour, bold, dim, match }, i) => {
          const Tag = match ? 'mark' : 'span';
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line have no identity but their place
            <Tag key={i} data-colour={colour} data-bold={bold} data-dim={dim}>
              {text}
            </Tag>
          );
        })}
        {hiddenChars > 0 ? (
          <button type="button" className={classes.more} onClick={() => onExpand(event.id)}>
            … show {formatInteger(hiddenChars)} more characters
          </button>
        ) : null}
      </span>
      <CopyLine message={event.message} />
    </>
  );
});

const CONFIRM_MS = 1_500;

/** Appears with the pointer; the keyboard copies the current line with `c`. */
function CopyLine({ message }: { message: string }) {
  const [copied, setCopied] = useState(false);
  const onClick = async () => {
    if (!(await copyText(plainLogText(message)))) return;
    setCopied(true);
    setTimeout(() => setCopied(false), CONFIRM_MS);
  };
  return (
    <ActionIcon
      className={classes.copy}
      tabIndex={-1}
      aria-label="Copy line"
      size={20}
      variant="default"
      onClick={onClick}
    >
      {copied ? <IconCheck size={12} /> : <IconCopy size={12} />}
    </ActionIcon>
  );
}
