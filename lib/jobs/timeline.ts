import type { Transition } from '../contract/jobs';
import { formatPlural } from '../shared/format';
import { formatDuration, formatUtc, parseTime } from '../shared/time';
import type { TimelineItem, TimelineModel } from '../shared/timeline-model';
import { secondaryStatusFacts } from './status';
import { axisOf, layClock, positionOf } from './timeline-clock';

export interface TimelineInput {
  transitions: Transition[];
  /** ISO time at AWS now. */
  awsNow: string;
  creationTime?: string;
  endTime?: string;
  /** The job's main status is not final. */
  live: boolean;
}

/** Phases in which a job waits for somebody else; only these and true gaps are folded (reading of the API model's words). */
const WAITING = new Set(['Pending', 'Starting', 'Restarting', 'Interrupted']);
const INTERRUPTIONS = new Set(['Interrupted', 'Restarting']);
/** More rows would make the picture taller than the page; what overlaps even there shares the last one. */
const MAX_LANES = 4;
/** A sentence that names more phases than this is not read. */
const SUMMARY_PHASES = 6;

interface Read {
  transition: Transition;
  index: number;
  startMs: number;
  endMs: number;
  open: boolean;
  notes: string[];
}

/**
 * Turns the transitions of a job into a drawable timeline: one item for every transition, in order of their starts,
 * waits folded, the last one open up to now while the job lives. Whatever is odd (no end, an end before the start, an
 * order of its own, a start after now) is drawn as well as it can be and said in `notes`; nothing is dropped.
 */
export function prepareTimeline(input: TimelineInput): TimelineModel {
  const nowMs = parseTime(input.awsNow) ?? 0;
  const reads = readTransitions(input, nowMs);
  const createdMs = parseTime(input.creationTime);
  const endedMs = parseTime(input.endTime);
  const starts = reads.map((read) => read.startMs);
  const startMs = least([...starts, ...(createdMs === undefined ? [] : [createdMs])]) ?? nowMs;
  const endMs = Math.max(
    startMs,
    ...reads.map((read) => read.endMs),
    ...(input.live ? [nowMs] : []),
    ...(!input.live && endedMs !== undefined ? [endedMs] : []),
  );
  const isWaiting = (read: Read) => WAITING.has(read.transition.status);
  const clock = layClock(
    startMs,
    endMs,
    reads.filter((read) => !isWaiting(read)),
    reads.filter(isWaiting),
  );
  const lanes: number[] = [];
  const items = reads.map((read) => toItem(read, clock.pieces, lanes));
  return {
    startMs,
    endMs,
    items,
    folds: clock.folded.map((piece) => {
      const durationMs = piece.endMs - piece.startMs;
      const label = formatDuration(durationMs);
      return { left: piece.left, right: piece.right, durationMs, label, text: `${label} of waiting, drawn shorter` };
    }),
    pieces: clock.pieces,
    axis: axisOf(clock),
    laneCount: Math.max(1, ...items.map((item) => item.lane + 1)),
    ...(input.live ? { nowAt: positionOf(clock.pieces, nowMs) } : {}),
    summary: summarise(items, reads, endMs - startMs, input.live),
  };
}

/** Sorts by start (AWS's order among equals), and settles where each one ends. */
function readTransitions(input: TimelineInput, nowMs: number): Read[] {
  const createdMs = parseTime(input.creationTime);
  const jobEndMs = parseTime(input.endTime);
  let previousMs = Number.NEGATIVE_INFINITY;
  const reads = input.transitions.map((transition, index): Read => {
    const notes: string[] = [];
    const known = parseTime(transition.startTime);
    const startMs = known ?? Math.max(previousMs, createdMs ?? nowMs);
    if (known === undefined) notes.push('The start is not a time; it is drawn after the one before.');
    if (startMs < previousMs) notes.push('AWS listed it after a later one.');
    previousMs = Math.max(previousMs, startMs);
    return { transition, index, startMs, endMs: startMs, open: false, notes };
  });
  reads.sort((a, b) => a.startMs - b.startMs || a.index - b.index);
  for (const [place, read] of reads.entries()) {
    const endMs = parseTime(read.transition.endTime);
    const next = reads[place + 1];
    const final = secondaryStatusFacts(read.transition.status).final;
    if (endMs !== undefined) {
      if (endMs < read.startMs) read.notes.push('AWS gave an end before the start; it is drawn as a moment.');
      read.endMs = Math.max(read.startMs, endMs);
    } else if (final) {
      // An end state without an end is the moment it was reached.
    } else if (next) {
      read.endMs = next.startMs;
      read.notes.push('AWS gave no end; it is drawn up to the next one.');
    } else if (input.live) {
      read.open = true;
      read.endMs = Math.max(read.startMs, nowMs);
      if (read.startMs > nowMs) read.notes.push('It starts after the time at AWS now; clocks differ.');
    } else {
      read.endMs = Math.max(read.startMs, jobEndMs ?? read.startMs);
      read.notes.push(
        jobEndMs === undefined ? 'AWS gave no end.' : 'AWS gave no end; it is drawn up to the end of the job.',
      );
    }
  }
  return reads;
}

function toItem(read: Read, pieces: TimelineModel['pieces'], lanes: number[]): TimelineItem {
  const { transition, startMs, endMs, open, notes } = read;
  const { label, tone } = secondaryStatusFacts(transition.status);
  const free = lanes.findIndex((busyUntilMs) => busyUntilMs <= startMs);
  const lane = Math.min(free === -1 ? lanes.length : free, MAX_LANES - 1);
  lanes[lane] = Math.max(lanes[lane] ?? Number.NEGATIVE_INFINITY, endMs);
  const left = positionOf(pieces, startMs);
  const kind = open || endMs > startMs ? 'span' : 'mark';
  const item = {
    id: String(read.index),
    kind,
    label,
    tone,
    lane,
    startMs,
    endMs,
    durationMs: endMs - startMs,
    left,
    right: kind === 'mark' ? left : Math.max(left, positionOf(pieces, endMs)),
    open,
    ...(transition.statusMessage ? { message: transition.statusMessage } : {}),
    notes,
  } as const;
  return { ...item, text: wordsOf(item) };
}

function wordsOf(item: Omit<TimelineItem, 'text'>): string {
  const from = formatUtc(item.startMs);
  const when =
    item.kind === 'mark'
      ? `at ${from}`
      : item.open
        ? `${formatDuration(item.durationMs)} so far, since ${from}`
        : `${formatDuration(item.durationMs)}, from ${from} to ${formatUtc(item.endMs)}`;
  return [`${item.label}, ${when}`, item.message, ...item.notes].filter(Boolean).join('. ');
}

function summarise(items: TimelineItem[], reads: Read[], totalMs: number, live: boolean): string {
  if (items.length === 0) return 'AWS has listed no transition yet.';
  const breaks = reads.filter((read) => INTERRUPTIONS.has(read.transition.status)).length;
  const phases =
    items.length <= SUMMARY_PHASES
      ? `: ${items.map((item) => (item.kind === 'mark' ? item.label : `${item.label} ${formatDuration(item.durationMs)}`)).join(', ')}`
      : '';
  const broken = breaks > 0 ? `; interrupted or restarted ${formatPlural(breaks, 'time')}` : '';
  return `${formatPlural(items.length, 'transition')} over ${formatDuration(totalMs)}${live ? ' so far' : ''}${phases}${broken}.`;
}

function least(values: number[]): number | undefined {
  return values.length === 0 ? undefined : Math.min(...values);
}
