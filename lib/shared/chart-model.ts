/**
 * A chart of curves ready to be drawn: everything is decided, the chart only paints. `xs` ascend; a null in `ys` is a gap.
 * Colours are CSS colours of components/ui/tokens.css.
 */

export interface ChartLine {
  id: string;
  label: string;
  side: 'left' | 'right';
  /** pale: the raw line behind; strong: what to read; dimmed: what no longer counts; points: few values, each a dot. */
  look: 'pale' | 'strong' | 'dimmed' | 'points';
  colour: string;
  dash?: string;
  /** False: computed from the points of another line, which are counted there. */
  counts?: boolean;
  xs: number[];
  ys: (number | null)[];
}

/** An area between two curves. */
export interface ChartBand {
  id: string;
  label: string;
  colour: string;
  /** Of the fill, 0 to 1. */
  opacity: number;
  xs: number[];
  lows: (number | null)[];
  highs: (number | null)[];
}

/** Where one job ends and the next goes on. */
export interface ChartSeam {
  x: number;
  label: string;
  detail: string;
}

export interface ChartMark {
  x: number;
  y: number;
  side: 'left' | 'right';
  /** The group of lines it stands on. */
  on?: string;
  label: string;
}

/** A stretch of the x axis where something is the matter. */
export interface ChartSpan {
  from: number;
  to: number;
  label: string;
}

export interface ChartModel {
  xKind: 'step' | 'time';
  xLabel: string;
  leftLabel: string;
  rightLabel?: string;
  /** First and last x of everything drawn; undefined when there is nothing. */
  extent?: [number, number];
  lines: ChartLine[];
  bands: ChartBand[];
  seams: ChartSeam[];
  marks: ChartMark[];
  spans: ChartSpan[];
  /** Where the cursor may stand, ascending. */
  stops: number[];
  /** Where time starts, for an axis of elapsed time; epoch milliseconds. */
  zeroMs?: number;
}

/** A part of a model at a width: thinned where there are more points than pixels. */
export interface VisibleChart extends ChartModel {
  domain: [number, number];
  left: [number, number];
  right?: [number, number];
  /** Points drawn of the points there are in sight. */
  shown: number;
  total: number;
}

/** What stands under the cursor. */
export interface ChartReading {
  title: string;
  values: { id: string; label: string; colour: string; text: string }[];
  notes: string[];
}
