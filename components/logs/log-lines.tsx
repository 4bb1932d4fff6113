'use client';

import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { copyText } from '@/components/ui/copy-text';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import type { LogEvent } from '@/lib/contract/logs';
import { plainLogText } from '@/lib/logs/log-line';
import { LogLine } from './log-line';
import classes from './log-lines.module.css';

interface LogLinesProps {
  /** What the list is, for screen readers. */
  label: string;
  events: readonly LogEvent[];
  wrap: boolean;
  words: string;
  /** Older lines can be read; undefined at the start of the log. */
  onNearTop?: () => void;
  loadingOlder: boolean;
  /** What stands above the first line: that it is the first, or that older ones are being read. */
  top: string;
}

const LINE_PX = 20;
const TOP_PX = 28;
/** Older lines are asked for this far before the top is reached: about a screen. */
const NEAR_TOP_PX = 800;
/** Within a line of the end counts as the end: the list then goes along with new lines. */
const AT_END_PX = 24;

/**
 * The lines of a log, drawn only where they are seen. Opens at the end and follows it until somebody scrolls away; older
 * lines come in above without moving what is read. Keys: `j` `k` line, `c` copy it, `Home` and `End`.
 */
export function LogLines({ label, events, wrap, words, onNearTop, loadingOlder, top }: LogLinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState<string>();
  const [said, setSaid] = useState('');
  const [atEnd, setAtEnd] = useState(true);
  const onExpand = useCallback((id: string) => setExpanded((before) => new Set(before).add(id)), []);

  const virtualizer = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => events[index]?.id ?? index,
    estimateSize: (index) => LINE_PX * (1 + (events[index]?.message.trimEnd().match(/\n/g)?.length ?? 0)),
    overscan: 20,
    paddingStart: TOP_PX,
    paddingEnd: 8,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: AT_END_PX,
    onChange: (instance) => setAtEnd(instance.isAtEnd(AT_END_PX)),
  });

  // The first lines are shown from their end; everything later is the virtualizer's own anchoring.
  const opened = useRef(false);
  useLayoutEffect(() => {
    if (opened.current || events.length === 0) return;
    opened.current = true;
    virtualizer.scrollToEnd();
  }, [events.length, virtualizer]);

  // Every height changes with the way lines are drawn; what is read stays where it is.
  const drawnWrapped = useRef(wrap);
  useLayoutEffect(() => {
    if (drawnWrapped.current === wrap) return;
    drawnWrapped.current = wrap;
    const wasAtEnd = virtualizer.isAtEnd(AT_END_PX);
    const first = virtualizer.getVirtualItemForOffset(virtualizer.scrollOffset ?? 0);
    virtualizer.measure();
    if (wasAtEnd) virtualizer.scrollToEnd();
    else if (first) virtualizer.scrollToIndex(first.index, { align: 'start' });
  }, [wrap, virtualizer]);

  const items = virtualizer.getVirtualItems();
  const firstIndex = items[0]?.index;
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again whenever other lines come into view
  useEffect(() => {
    // The element knows where it really is: the first drawing stands at the top before it is scrolled to the end.
    const top = scroller.current?.scrollTop ?? Number.POSITIVE_INFINITY;
    if (onNearTop && !loadingOlder && opened.current && top < NEAR_TOP_PX) onNearTop();
  }, [onNearTop, loadingOlder, firstIndex, events.length]);

  const moveBy = (step: number) => {
    const at = events.findIndex(({ id }) => id === current);
    const next = at < 0 ? (items.at(-1)?.index ?? 0) : Math.min(events.length - 1, Math.max(0, at + step));
    setCurrent(events[next]?.id);
    setSaid(plainLogText(events[next]?.message ?? '').slice(0, 500));
    virtualizer.scrollToIndex(next, { align: 'auto' });
  };

  const copyCurrent = async () => {
    const event = events.find(({ id }) => id === current);
    if (event) setSaid((await copyText(plainLogText(event.message))) ? 'Line copied' : 'The browser refused to copy');
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target !== event.currentTarget) return;
    const act = new Map<string, () => unknown>([
      ['j', () => moveBy(1)],
      ['k', () => moveBy(-1)],
      ['c', copyCurrent],
      ['End', () => virtualizer.scrollToEnd()],
      ['Home', () => virtualizer.scrollToOffset(0)],
    ]).get(event.key);
    if (!act) return;
    event.preventDefault();
    event.nativeEvent.stopPropagation();
    act();
  };

  return (
    <div className={classes.frame}>
      <div
        ref={scroller}
        className={classes.scroller}
        data-wrap={wrap}
        role="log"
        aria-live="off"
        aria-label={label}
        aria-busy={loadingOlder}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div className={classes.lines} style={{ height: virtualizer.getTotalSize() }}>
          <p className={classes.top}>{top}</p>
          {items.map(({ index, key, start }) => {
            const event = events[index];
            return event ? (
              <div
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                data-current={event.id === current || undefined}
                className={classes.line}
                style={{ transform: `translateY(${start}px)` }}
              >
                <LogLine event={event} words={words} expanded={expanded.has(event.id)} onExpand={onExpand} />
              </div>
            ) : null;
          })}
        </div>
      </div>
      {atEnd ? null : (
        <Button
          className={classes.jump}
          variant="default"
          leftSection={<IconArrowDown size={14} />}
          onClick={() => virtualizer.scrollToEnd()}
        >
          Jump to end
        </Button>
      )}
      <VisuallyHidden>
        <span role="status">{said}</span>
      </VisuallyHidden>
    </div>
  );
}
