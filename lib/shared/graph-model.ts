import type { Tone } from './tone';

/**
 * A graph that is positioned and only has to be drawn: bars with marks on them, joined by links. World units are CSS
 * pixels at zoom 1. Nothing here knows what the bars are.
 */

export type MarkShape = 'hexagon' | 'circle' | 'twins' | 'unknown';
export type LinkKind = 'solid' | 'dashed' | 'dotted' | 'faint';

export interface GraphBar {
  id: string;
  x: number;
  /** The middle of the bar. */
  y: number;
  width: number;
  /** CSS colour of the bar. */
  colour: string;
  tone: Tone;
  /** Still growing at its right end. */
  live: boolean;
  /** A pill that carries its value instead of a bar with marks. */
  pill: boolean;
  /** For sight: beside or above the bar. `label` may be cut to `labelWidth`; `value` stands at its right end. */
  label: string;
  labelWidth: number;
  note?: string;
  value?: string;
  /** For readers: what it is in one sentence. */
  description: string;
  /** On the way that is picked out, or not part of what was asked for. */
  strong: boolean;
  faint: boolean;
  /** Small strokes at x (world), 0 to 1 high, each with an id that can be opened. */
  ticks: { id: string; x: number; width: number; strength: number }[];
  /** A line along the bar: points of 0 to 1 by 0 to 1; undefined is a gap. */
  spark?: (number | undefined)[];
  /** What stands behind its end: hidden bars. */
  more?: { count: number; text: string; closed: boolean };
  /** It came from somewhere that is not on the screen. */
  stub?: string;
}

export interface GraphMark {
  id: string;
  bar: string;
  x: number;
  y: number;
  shape: MarkShape;
  /** The best of all, and the best of its bar. */
  star: boolean;
  ring: boolean;
  pinned: boolean;
  label: string;
  /** A more important mark is so near that its label has no room at zoom 1. */
  crowded: boolean;
  value?: string;
  description: string;
  /** Drawn first where there is no room for all: 0 is the most important. */
  rank: number;
}

export interface GraphLink {
  id: string;
  from: { x: number; y: number };
  to: { x: number; y: number };
  fromBar: string;
  fromMark?: string;
  toBar: string;
  kind: LinkKind;
  /** CSS colours at its beginning and its end. */
  colours: [string, string];
  strong: boolean;
  faint: boolean;
  description: string;
}

export interface PositionedGraph {
  width: number;
  height: number;
  bars: GraphBar[];
  marks: GraphMark[];
  links: GraphLink[];
  /** Labels of the axis at x; a fold is a place where time was left out. */
  ruler: { x: number; label: string; fold: boolean }[];
}
