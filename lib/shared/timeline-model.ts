import type { Tone } from './tone';

/**
 * A timeline ready to be drawn: everything is decided, the chart only paints. Positions are fractions of the width,
 * 0 at the left edge and 1 at the right. Times are milliseconds since the epoch, true and never compressed.
 */

export interface TimelineItem {
  /** Stable while the list only grows. */
  id: string;
  /** `span` has a length; `mark` is a moment. */
  kind: 'span' | 'mark';
  label: string;
  tone: Tone;
  /** Row it is drawn in, from 0; above 0 only where items overlap. */
  lane: number;
  startMs: number;
  endMs: number;
  durationMs: number;
  left: number;
  right: number;
  /** Still going on: its right edge moves with the clock. */
  open: boolean;
  message?: string;
  /** What was odd about the data and how it was read, one sentence each. */
  notes: string[];
  /** The whole item in words. */
  text: string;
}

/** A stretch of waiting that is drawn much narrower than it lasted. */
export interface TimelineFold {
  left: number;
  right: number;
  durationMs: number;
  label: string;
  text: string;
}

/** A piece of the clock on which time runs evenly. */
export interface TimelinePiece {
  startMs: number;
  endMs: number;
  left: number;
  right: number;
}

export interface TimelineModel {
  startMs: number;
  endMs: number;
  items: TimelineItem[];
  folds: TimelineFold[];
  pieces: TimelinePiece[];
  /** Labels of elapsed time under the picture. */
  axis: { at: number; label: string }[];
  laneCount: number;
  /** Where now is, for a timeline that still grows. */
  nowAt?: number;
  /** The picture in one sentence. */
  summary: string;
}

export interface TickShape {
  at: number;
  label: string;
  /** Stands out among its kind (the promoted or final one). */
  strong: boolean;
}

/** One row of ticks under the timeline. */
export interface TickRow {
  id: string;
  label: string;
  kind: 'resumable' | 'model' | 'unknown';
  /** Drawn as shapes: all of them, or where they would touch only the first, the last and the strong ones. */
  shapes: TickShape[];
  /** Where they would touch: thin lines, one for each place that can be told apart. */
  lines: number[];
  count: number;
  text: string;
}
