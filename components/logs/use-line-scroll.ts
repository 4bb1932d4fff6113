'use client';

import { type RefObject, useEffect, useLayoutEffect, useReducer, useRef } from 'react';
import type { LogEvent } from '@/lib/contract/logs';
import { fractionOf, indexOfLine, indexOfTime, type TimeSpan, timeAt } from '@/lib/logs/line-window';

interface LineScrollInput {
  scroller: RefObject<HTMLDivElement | null>;
  /** The block of drawn lines; its children with `data-index` are the lines. */
  strip: RefObject<HTMLDivElement | null>;
  events: readonly LogEvent[];
  /** Other lines to stand at whenever `turn` changes. */
  view: { turn: number; place: 'end' | 'start' | 'line'; event?: LogEvent };
  wrap: boolean;
  hasOlder: boolean;
  hasLater: boolean;
  /** The time of the whole log: what the scroll bar shows while not all of it is held. */
  span: TimeSpan | undefined;
  onNearStart: () => void;
  onNearEnd: () => void;
  /** The scroll bar was dragged to a part that is not held. */
  onJump: (timeMs: number) => void;
}

export interface LineScroll {
  first: number;
  last: number;
  /** Height of what is scrolled, px: the log in lines when all of it is held, otherwise its time. */
  heightPx: number;
  atEnd: boolean;
  /** The time the reader's hand is at while it drags the scroll bar. */
  draggedTo?: number;
  moveBy: (px: number) => void;
  goTo: (index: number, align?: 'nearest' | 'middle') => void;
  toStart: () => void;
  toEnd: () => void;
}

/** Where the list stands: at its end, or at a line with so many px of it above the upper edge. */
type Anchor = { kind: 'end' } | { kind: 'line'; event: LogEvent; offsetPx: number };

export const LINE_PX = 20;
/** The note above the first line. */
export const NOTE_PX = 28;
const OVERSCAN = 12;
/** Lines from the edge of what is held at which more is asked for: seconds of fast scrolling. */
const NEAR_LINES = 1_500;
/** What a part of a log is drawn as: high enough that a pixel of the scroll bar is more than a screen. */
const PARTIAL_PX = 4_000_000;
/** Browsers make nothing higher than some 17 million px; text of that height is more than is ever held. */
const MAX_PX = 12_000_000;
/** Kept free above and below while the log goes on there, so that a wheel never meets a wall. */
const RESERVE_PX = 4_000;
/** Still for so long: the hand is off the wheel, and the scroll bar may be put where it belongs. */
const IDLE_MS = 140;
/** How often a drag asks for lines. */
const DRAG_MS = 120;

/**
 * The scrolling of a list that may have a million lines of any height, of which some thousand are held. The lines stand in a
 * layer that sticks to the view and are placed by a line and not by a scroll offset; so they stay when lines come in above, and
 * nothing is blank while the browser scrolls. The scroll bar is moved to where the reader is: by lines while all are held, by
 * time otherwise.
 */
export function useLineScroll(input: LineScrollInput): LineScroll {
  const { scroller, strip, events, view, wrap, hasOlder, hasLater, span, onNearStart, onNearEnd, onJump } = input;
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const anchor = useRef<Anchor>({ kind: 'end' });
  const turn = useRef(-1);
  const heights = useRef(new Map<string, number>());
  const viewPx = useRef(600);
  /** The line at the upper edge as it was drawn last. */
  const top = useRef<{ index: number; offsetPx: number }>({ index: 0, offsetPx: 0 });
  const barPx = useRef(0);
  const scrolledAt = useRef(0);
  const dragged = useRef<number | undefined>(undefined);
  const middle = useRef(false);
  const atEnd = useRef(true);

  const whole = !hasOlder && !hasLater;
  const count = events.length;
  const heightOf = (i: number) => {
    const event = events[i];
    if (!event) return LINE_PX;
    const known = heights.current.get(event.id);
    if (known !== undefined) return known;
    let lines = 1;
    for (let at = event.message.indexOf('\n'); at >= 0 && lines < 200; at = event.message.indexOf('\n', at + 1))
      lines++;
    return LINE_PX * (event.message.endsWith('\n') ? Math.max(1, lines - 1) : lines);
  };

  // Another part of the log was put in: stand where it says.
  if (turn.current !== view.turn) {
    turn.current = view.turn;
    dragged.current = undefined;
    heights.current.clear();
    const [firstEvent] = events;
    if (view.place === 'line' && view.event) {
      anchor.current = { kind: 'line', event: view.event, offsetPx: 0 };
      middle.current = true;
    } else if (view.place === 'start' && firstEvent) {
      anchor.current = { kind: 'line', event: firstEvent, offsetPx: -NOTE_PX };
    } else anchor.current = { kind: 'end' };
  }

  const capacity = Math.ceil(viewPx.current / LINE_PX) + OVERSCAN;
  const at = anchor.current;
  const anchorIndex = at.kind === 'end' ? count - 1 : indexOfLine(events, at.event);
  const first = Math.max(
    0,
    at.kind === 'end' ? count - capacity : anchorIndex - (middle.current ? capacity : OVERSCAN),
  );
  const last = Math.min(count - 1, anchorIndex + capacity);

  const averagePx = () => {
    if (heights.current.size < 20) return LINE_PX;
    let sum = 0;
    for (const px of heights.current.values()) sum += px;
    return sum / heights.current.size;
  };
  const contentPx = Math.min(MAX_PX, Math.ceil(count * averagePx()) + NOTE_PX);
  const heightPx = whole ? contentPx : PARTIAL_PX;

  /** Puts the scroll bar where the reader is, without that counting as scrolling. */
  const syncBar = () => {
    const element = scroller.current;
    if (!element) return;
    const room = element.scrollHeight - element.clientHeight;
    const { index, offsetPx } = top.current;
    const event = events[index];
    let px = 0;
    if (atEnd.current) px = room;
    else if (whole) {
      const before = index + (offsetPx <= 0 ? 0 : offsetPx / Math.max(1, heightOf(index)));
      px = index === 0 && offsetPx <= -NOTE_PX ? 0 : (before / Math.max(1, count)) * (room + element.clientHeight);
    } else if (event && span) {
      px = fractionOf(span, Date.parse(event.timestamp)) * room;
      const atStart = !hasOlder && index === 0 && offsetPx <= 0;
      px = atStart ? 0 : Math.min(room - RESERVE_PX, Math.max(RESERVE_PX, px));
    }
    px = Math.max(0, Math.min(room, px));
    if (Math.abs(element.scrollTop - px) >= 1) element.scrollTop = px;
    barPx.current = element.scrollTop;
  };

  // After every drawing: stand exactly, learn the heights, and know where the edges are.
  useLayoutEffect(() => {
    const element = scroller.current;
    const block = strip.current;
    if (!element || !block) return;
    const height = element.clientHeight;
    const rows = [...block.children].filter((child): child is HTMLElement => child instanceof HTMLElement);
    const lines = rows.filter((row) => row.dataset.index !== undefined);
    for (const row of lines) {
      const event = events[Number(row.dataset.index)];
      if (event) heights.current.set(event.id, row.offsetHeight);
    }
    const blockPx = block.offsetHeight;
    let y: number;
    const now = anchor.current;
    if (now.kind === 'end') y = Math.min(0, height - blockPx);
    else {
      const row = lines.find((line) => Number(line.dataset.index) === anchorIndex);
      const offsetPx = middle.current && row ? Math.min(0, row.offsetHeight - height) / 2 : now.offsetPx;
      y = -((row?.offsetTop ?? 0) + offsetPx);
      if (last >= count - 1 && y + blockPx < height) y = height - blockPx;
      if (first === 0 && y > 0) y = 0;
    }
    middle.current = false;
    block.style.transform = `translateY(${y}px)`;
    const isEnd = last >= count - 1 && y + blockPx - height < LINE_PX;
    const wasAtEnd = atEnd.current;
    atEnd.current = isEnd && !hasLater;
    const upper = lines.find((line) => line.offsetTop + line.offsetHeight + y > 0) ?? lines.at(-1);
    if (upper) {
      const index = Number(upper.dataset.index);
      const offsetPx = -(upper.offsetTop + y);
      top.current = { index, offsetPx };
      const event = events[index];
      if (atEnd.current) anchor.current = { kind: 'end' };
      else if (event) anchor.current = { kind: 'line', event, offsetPx };
    }
    if (Math.abs(viewPx.current - height) > LINE_PX) {
      viewPx.current = height;
      redraw();
    } else if (wasAtEnd !== atEnd.current) redraw();
    // At a wall while the log goes on behind it: the browser would not scroll any further.
    const room = element.scrollHeight - height;
    const atStart = !hasOlder && top.current.index === 0 && top.current.offsetPx <= 0;
    const walled = (element.scrollTop < 1 && !atStart) || (element.scrollTop > room - 1 && !atEnd.current);
    if (walled || performance.now() - scrolledAt.current > IDLE_MS) syncBar();
    if (hasOlder && top.current.index < NEAR_LINES) onNearStart();
    if (hasLater && top.current.index > count - NEAR_LINES) onNearEnd();
  });

  const moveBy = (px: number) => {
    let { index, offsetPx } = top.current;
    offsetPx += px;
    for (; offsetPx >= heightOf(index) && index < count - 1; index++) offsetPx -= heightOf(index);
    for (; offsetPx < 0 && index > 0; offsetPx += heightOf(index)) index--;
    if (index === 0) offsetPx = Math.max(-NOTE_PX, offsetPx);
    const event = events[index];
    if (!event) return;
    anchor.current = { kind: 'line', event, offsetPx };
    redraw();
  };

  const standAt = (index: number, offsetPx = 0) => {
    const event = events[Math.max(0, Math.min(count - 1, index))];
    if (!event) return;
    anchor.current = { kind: 'line', event, offsetPx };
    redraw();
  };

  const ask = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onScroll = () => {
    const element = scroller.current;
    if (!element || Math.abs(element.scrollTop - barPx.current) < 0.5) return;
    const delta = element.scrollTop - barPx.current;
    barPx.current = element.scrollTop;
    scrolledAt.current = performance.now();
    const room = Math.max(1, element.scrollHeight - element.clientHeight);
    if (Math.abs(delta) <= element.clientHeight * 3) {
      moveBy(delta);
      const nearWall = element.scrollTop < RESERVE_PX / 4 || room - element.scrollTop < RESERVE_PX / 4;
      if (!whole && nearWall) syncBar();
    } else if (whole) {
      const fraction = element.scrollTop / room;
      if (fraction >= 1) toEnd();
      else standAt(Math.floor((element.scrollTop / element.scrollHeight) * count), fraction <= 0 ? -NOTE_PX : 0);
    } else if (span) dragTo(timeAt(span, element.scrollTop / room));
  };

  const dragTo = (timeMs: number) => {
    const [from] = events;
    const to = events.at(-1);
    clearTimeout(ask.current);
    dragged.current = timeMs;
    if (from && to && timeMs >= Date.parse(from.timestamp) && timeMs <= Date.parse(to.timestamp)) {
      standAt(indexOfTime(events, timeMs));
      return;
    }
    ask.current = setTimeout(() => onJump(timeMs), DRAG_MS);
    redraw();
  };

  const goTo = (index: number, align: 'nearest' | 'middle' = 'nearest') => {
    const element = strip.current;
    const box = scroller.current?.getBoundingClientRect();
    const row = element?.querySelector(`[data-index="${index}"]`)?.getBoundingClientRect();
    if (align === 'nearest' && row && box && row.top >= box.top && row.bottom <= box.bottom) return;
    middle.current = align === 'middle' || !row;
    if (row && box && align === 'nearest') {
      moveBy(row.top < box.top ? row.top - box.top : row.bottom - box.bottom);
      return;
    }
    standAt(index);
  };

  const toEnd = () => {
    anchor.current = { kind: 'end' };
    redraw();
  };
  const toStart = () => standAt(0, -NOTE_PX);

  // A listener of its own: React's would be passive and later.
  const handler = useRef(onScroll);
  handler.current = onScroll;
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let idle: ReturnType<typeof setTimeout>;
    const listen = () => {
      handler.current();
      clearTimeout(idle);
      idle = setTimeout(() => {
        dragged.current = undefined;
        scrolledAt.current = 0;
        redraw();
      }, IDLE_MS + 20);
    };
    const resize = new ResizeObserver(() => redraw());
    element.addEventListener('scroll', listen);
    resize.observe(element);
    return () => {
      clearTimeout(idle);
      clearTimeout(ask.current);
      element.removeEventListener('scroll', listen);
      resize.disconnect();
    };
  }, [scroller]);

  // Every height changes with the way lines are drawn; what is read stays where it is.
  const drawnWrapped = useRef(wrap);
  if (drawnWrapped.current !== wrap) {
    drawnWrapped.current = wrap;
    heights.current.clear();
  }

  return {
    first,
    last,
    heightPx,
    atEnd: atEnd.current,
    ...(dragged.current !== undefined && { draggedTo: dragged.current }),
    moveBy,
    goTo,
    toStart,
    toEnd,
  };
}
