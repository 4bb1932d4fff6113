/** Room around the plot in pixels. Fixed, so that pointer and cross-hair find it without measuring the drawing. */
export const LEFT_PX = 52;
export const BOTTOM_PX = 24;
export const TOP_PX = 10;
/** One line of seam labels above the plot. */
export const SEAM_ROW_PX = 18;
const NARROW_RIGHT_PX = 12;
const AXIS_RIGHT_PX = 48;

export interface Room {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** The room around the plot of a chart with or without a right axis and labelled seams. */
export function roomOf({ hasRight, seamRows }: { hasRight: boolean; seamRows: number }): Room {
  return {
    top: TOP_PX + seamRows * SEAM_ROW_PX,
    right: hasRight ? AXIS_RIGHT_PX : NARROW_RIGHT_PX,
    bottom: BOTTOM_PX,
    left: LEFT_PX,
  };
}

/** The width a seam's label is given, as a share of the plot; more is cut and stands in the list below the chart. */
export const SEAM_LABEL_SHARE = 0.3;
/** A label further right than this stands at the left of its seam. */
export const SEAM_TURN = 0.7;
const MAX_SEAM_ROWS = 3;

/** In which row each seam's label stands, so that none covers another; -1: no room, the seam has no label. */
export function seamRows(fractions: readonly number[]): number[] {
  const rows: [number, number][][] = Array.from({ length: MAX_SEAM_ROWS }, () => []);
  return fractions.map((at) => {
    const [from, to] = at > SEAM_TURN ? [at - SEAM_LABEL_SHARE, at] : [at, at + SEAM_LABEL_SHARE];
    const row = rows.findIndex((taken) => taken.every(([left, right]) => to <= left || from >= right));
    rows[row]?.push([from, to]);
    return row;
  });
}
