'use client';

import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useHydrated } from '@/components/ui/use-hydrated';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import type { LogEvent } from '@/lib/contract/logs';
import { type LineSelection, selectionRange } from '@/lib/logs/line-selection';
import { toLineTime } from '@/lib/logs/line-time';
import type { TimeSpan } from '@/lib/logs/line-window';
import { plainLogText } from '@/lib/logs/log-line';
import type { FeedView } from '@/lib/queries/log-feed';
import { LogLine } from './log-line';
import classes from './log-lines.module.css';
import { useLineScroll } from './use-line-scroll';

export interface LogLinesProps {
  /** What the list is, for screen readers. */
  label: string;
  events: readonly LogEvent[];
  view: FeedView;
  wrap: boolean;
  words: string;
  span: TimeSpan | undefined;
  hasOlder: boolean;
  hasLater: boolean;
  /** Something is being read. */
  busy: boolean;
  /** Other lines were asked for and these are the ones before. */
  jumping: boolean;
  /** The lines are finds: they do not follow each other, and are not continued by scrolling. */
  finds: boolean;
  onNearStart: () => void;
  onNearEnd: () => void;
  onJump: (timeMs: number) => void;
  onStart: () => void;
  onEnd: () => void;
  selection: LineSelection;
  onSelect: (selection: LineSelection) => void;
  onCopy: () => Promise<string>;
  onCopyLink: () => Promise<string>;
}

/**
 * The lines of a log, drawn only where they are seen. Keys: `j` `k` line, with Shift more of them, `c` copy, `l` copy the link,
 * `Home` and `End`, `Escape` chooses nothing.
 */
export function LogLines(props: LogLinesProps) {
  const { label, events, view, wrap, words, span, hasOlder, hasLater, busy, jumping, finds, selection } = props;
  const { onSelect, onStart, onEnd, onJump, onNearStart, onNearEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const strip = useRef<HTMLDivElement>(null);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState('');
  const zoned = useHydrated();
  const onExpand = useCallback((id: string) => {
    setExpanded((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const nothing = useCallback(() => undefined, []);
  const scroll = useLineScroll({
    scroller,
    strip,
    events,
    view,
    wrap,
    hasOlder: hasOlder && !finds,
    hasLater,
    span,
    onNearStart: finds ? nothing : onNearStart,
    onNearEnd,
    onJump,
  });

  // A link to a line marks it.
  const marked = useRef(-1);
  useEffect(() => {
    if (marked.current === view.turn || !view.linked || !view.event) return;
    marked.current = view.turn;
    onSelect({ from: view.event, to: view.event });
  }, [view, onSelect]);

  const latest = useRef({ selection, events });
  latest.current = { selection, events };
  const onPick = useCallback(
    (event: LogEvent, extend: boolean) => {
      const { from, to } = latest.current.selection;
      if (extend && from) onSelect({ from, to: event });
      else onSelect(from === to && from?.id === event.id ? {} : { from: event, to: event });
    },
    [onSelect],
  );

  const [low, high] = selectionRange(events, selection);
  const moveBy = (step: number, extend: boolean) => {
    const at = selection.to ? events.findIndex(({ id }) => id === selection.to?.id) : -1;
    const next = at < 0 ? (scroll.atEnd ? events.length - 1 : scroll.first + 12) : at + step;
    const event = events[Math.min(events.length - 1, Math.max(0, next))];
    if (!event) return;
    onSelect({ from: extend && selection.from ? selection.from : event, to: event });
    setSaid(plainLogText(event.message).slice(0, 500));
    scroll.goTo(events.indexOf(event));
  };
  const toEnd = () => (hasLater ? onEnd() : scroll.toEnd());
  const toStart = () => (hasOlder && !finds ? onStart() : scroll.toStart());

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target !== event.currentTarget) return;
    const act = new Map<string, () => unknown>([
      ['j', () => moveBy(1, event.shiftKey)],
      ['k', () => moveBy(-1, event.shiftKey)],
      ['c', async () => setSaid(await props.onCopy())],
      ['l', async () => setSaid(await props.onCopyLink())],
      ['end', toEnd],
      ['home', toStart],
    ]).get(event.key.toLowerCase());
    if (event.key === 'Escape' && selection.to) {
      event.stopPropagation();
      onSelect({});
      return;
    }
    if (!act) return;
    event.preventDefault();
    event.nativeEvent.stopPropagation();
    act();
  };

  const shown = [];
  for (let i = scroll.first; i <= scroll.last; i++) {
    const event = events[i];
    if (!event) continue;
    shown.push(
      <div key={event.id} data-index={i} data-current={(i >= low && i <= high) || undefined} className={classes.line}>
        <LogLine
          event={event}
          words={words}
          expanded={expanded.has(event.id)}
          onExpand={onExpand}
          onPick={onPick}
          picked={i >= low && i <= high}
          zoned={zoned}
        />
      </div>,
    );
  }
  return (
    <div className={classes.frame}>
      <div
        ref={scroller}
        className={classes.scroller}
        data-wrap={wrap}
        data-jumping={jumping || undefined}
        role="log"
        aria-live="off"
        aria-label={label}
        aria-busy={busy}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div className={classes.height} style={{ height: scroll.heightPx }}>
          <div className={classes.layer}>
            <div ref={strip} className={classes.strip}>
              {scroll.first === 0 ? <p className={classes.note}>{startText(props)}</p> : null}
              {shown}
              {scroll.last === events.length - 1 && hasLater ? <p className={classes.note}>Reading on …</p> : null}
            </div>
          </div>
        </div>
      </div>
      {scroll.draggedTo === undefined ? null : <DragTime timeMs={scroll.draggedTo} />}
      {scroll.atEnd ? null : (
        <Button className={classes.jump} variant="default" leftSection={<IconArrowDown size={14} />} onClick={toEnd}>
          Jump to end
        </Button>
      )}
      <VisuallyHidden>
        <span role="status">{said}</span>
      </VisuallyHidden>
    </div>
  );
}

function startText({ finds, hasOlder, busy }: LogLinesProps): string {
  if (finds) return hasOlder ? 'Older lines were not searched yet' : 'Start of the log';
  if (hasOlder) return busy ? 'Reading older lines …' : 'Older lines follow';
  return 'Start of the log';
}

/** Beside the hand that drags the scroll bar. */
function DragTime({ timeMs }: { timeMs: number }) {
  const { date, clock } = toLineTime(new Date(timeMs).toISOString());
  return (
    <span className={classes.drag} aria-hidden="true">
      {date} {clock}
    </span>
  );
}
