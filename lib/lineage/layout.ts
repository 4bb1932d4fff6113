import type { LineageLane } from '../contract/lineage';
import { Rows } from './rows';
import { chooseScale, type TimeAxis, timeAxis } from './time-axis';

/** What the axis to the right counts. */
export const LINEAGE_AXES = ['time', 'steps'] as const;
export type LineageAxis = (typeof LINEAGE_AXES)[number];

export const ROW_PX = 60;
/** A link comes down on the left of the lane it leads to, this far before it. */
const ELBOW_PX = 14;
const MIN_BAR_PX = 26;
/** An evaluation is a badge: its time matters little, its score much. */
export const PILL_PX = 92;
/** Enough for a name that can be told from others. */
const LABEL_PX = 150;
/** Behind the end of a lane stands its state. */
const GAP_PX = 40;
const FAR_LETTER_PX = 11;
/** How many are hidden below stands behind the end of a lane. */
const MORE_PX = 78;
const MEDIAN_JOB_PX = 180;
/** Screens are about twice as wide as tall: a drawing of another shape is all small when it is seen whole. */
const WIDEST = 2.1;
const NARROWEST = 1.7;
const MIN_WIDTH_PX = 1400;
const MAX_TRIES = 12;

export interface PlacedLane {
  lane: LineageLane;
  row: number;
  /** Of the bar. */
  x: number;
  width: number;
  /** Where the link from its parent comes down; undefined without one. */
  dropX?: number;
  /** World x of a step that has a checkpoint, or of a moment of this job. */
  xOf(at: { step: number; ms: number }): number;
  /** Free for a label: to the next lane of the row. */
  roomPx: number;
}

export interface Layout {
  lanes: PlacedLane[];
  byId: Map<string, PlacedLane>;
  axis: LineageAxis;
  /** Pixels per millisecond or per step. */
  scale: number;
  time?: TimeAxis;
  width: number;
  rows: number;
}

export interface LayoutWish {
  axis: LineageAxis;
  nowMs: number;
  /** As a layout gave it before: the same drawing for somebody else, or after a change. */
  scale?: number;
}

const startOf = (lane: LineageLane) => Date.parse(lane.creationTime);

/** When a job ended; now while it runs; its creation where it is over and nobody said when. */
function endOf(lane: LineageLane, nowMs: number): number {
  const start = startOf(lane);
  const end = lane.endTime ?? lane.deletedAt;
  return Math.max(start, end === undefined ? nowMs : Date.parse(end));
}

const isPill = (lane: LineageLane) => lane.jobCategory === 'AgentRFTEvaluation';
const isLive = (lane: LineageLane) => lane.endTime === undefined && lane.deletedAt === undefined;
const lastStepOf = (lane: LineageLane) => Math.max(lane.lastStep ?? 0, lane.firstStep + 1);
/** Steps a lane keeps room for, however far it came: what was planned once stays planned. */
const stepsOf = (lane: LineageLane) => Math.max(lastStepOf(lane), lane.plannedStep ?? 0);

/**
 * Places lanes as git graphs do: oldest first, each in the first row below its parent that is free from where it branches
 * off to its end; roots in the first free row at all. Nobody placed earlier is ever looked at again, so that a job that is
 * added moves nothing, and a running lane holds its row to the right edge until it ends. Lanes must come parents first.
 */
export function layoutLanes(lanes: readonly LineageLane[], wish: LayoutWish): Layout {
  if (wish.scale !== undefined) return layoutAt(lanes, { ...wish, scale: wish.scale });
  let scale = firstScale(lanes, wish);
  let layout = layoutAt(lanes, { ...wish, scale });
  const wayOf = ({ width, rows }: Layout) =>
    width > Math.max(MIN_WIDTH_PX, WIDEST * rows * ROW_PX) ? -1 : width < NARROWEST * rows * ROW_PX ? 1 : 0;
  const way = wayOf(layout);
  for (let tries = 0; way !== 0 && tries < MAX_TRIES && wayOf(layout) === way; tries += 1) {
    scale *= 2 ** (way / 4);
    layout = layoutAt(lanes, { ...wish, scale });
  }
  return layout;
}

function firstScale(lanes: readonly LineageLane[], { axis, nowMs }: LayoutWish): number {
  const training = lanes.filter((lane) => !isPill(lane));
  const sizes = training.map((lane) =>
    axis === 'time' ? endOf(lane, nowMs) - startOf(lane) : stepsOf(lane) - lane.firstStep,
  );
  return chooseScale(sizes, MEDIAN_JOB_PX);
}

function layoutAt(lanes: readonly LineageLane[], wish: LayoutWish & { scale: number }): Layout {
  const { axis, nowMs, scale } = wish;
  const time =
    axis === 'time'
      ? timeAxis(
          lanes.map((lane) => ({ startMs: startOf(lane), endMs: endOf(lane, nowMs) })),
          scale,
        )
      : undefined;
  const rows = new Rows();
  const byId = new Map<string, PlacedLane>();
  const inRow: PlacedLane[][] = [];
  const placed = lanes.map((lane) => {
    const parent = lane.parent?.lane === undefined ? undefined : byId.get(lane.parent.lane);
    const one = place(lane, parent, { scale, time, nowMs });
    const from = (one.dropX ?? one.x) - ELBOW_PX;
    const drawn = Math.max(one.x + one.width + (lane.hidden ? MORE_PX : 0), one.x + LABEL_PX) + GAP_PX;
    const to =
      axis === 'steps'
        ? Math.max(drawn, (lane.stepOffset + stepsOf(lane)) * scale + GAP_PX)
        : isLive(lane) && !isPill(lane)
          ? Number.POSITIVE_INFINITY
          : drawn;
    one.row = rows.take(parent ? parent.row + 1 : 0, from, to);
    byId.set(lane.id, one);
    inRow[one.row] ??= [];
    inRow[one.row]?.push(one);
    return one;
  });
  for (const row of inRow) giveRoom(row);
  const width = placed.reduce((most, one) => Math.max(most, one.x + Math.max(one.width, labelPx(one))), 0);
  return { lanes: placed, byId, axis, scale, time, width, rows: rows.count };
}

/** What a name takes at most, seen from as far as names are drawn. */
const labelPx = ({ lane, roomPx }: PlacedLane) =>
  isPill(lane) ? LABEL_PX : Math.max(LABEL_PX, Math.min(roomPx, lane.jobName.length * FAR_LETTER_PX));

interface Scale {
  scale: number;
  time: TimeAxis | undefined;
  nowMs: number;
}

function place(lane: LineageLane, parent: PlacedLane | undefined, { scale, time, nowMs }: Scale): PlacedLane {
  const startMs = startOf(lane);
  const endMs = endOf(lane, nowMs);
  const startX = time ? time.x(startMs) : (lane.stepOffset + lane.firstStep) * scale;
  const endX = time ? time.x(endMs) : (lane.stepOffset + lastStepOf(lane)) * scale;
  const x = startX + (lane.parent ? ELBOW_PX : 0);
  const width = isPill(lane) ? PILL_PX : Math.max(endX - x, MIN_BAR_PX);
  const xOf = ({ step, ms }: { step: number; ms: number }) => {
    const share = time
      ? (time.x(Math.min(ms, endMs)) - startX) / Math.max(endX - startX, 1e-9)
      : ((lane.stepOffset + step) * scale - startX) / Math.max(endX - startX, 1e-9);
    return x + Math.min(1, Math.max(0, share)) * width;
  };
  return {
    lane,
    row: 0,
    x,
    width,
    xOf,
    roomPx: 0,
    ...(parent && { dropX: Math.min(branchX(lane, parent), x - ELBOW_PX) }),
  };
}

/** Where on its parent a lane branches off. */
function branchX(lane: LineageLane, parent: PlacedLane): number {
  const step = lane.parent?.step;
  const mark = parent.lane.marks.find((each) => each.step === step);
  if (mark) return parent.xOf({ step: mark.step, ms: Date.parse(mark.creationTime) });
  return step === undefined ? parent.x + parent.width : parent.xOf({ step, ms: Number.POSITIVE_INFINITY });
}

function giveRoom(row: PlacedLane[]): void {
  row.sort((a, b) => a.x - b.x);
  row.forEach((one, index) => {
    const next = row[index + 1];
    const end = next ? (next.dropX ?? next.x) - ELBOW_PX : Number.POSITIVE_INFINITY;
    one.roomPx = Math.max(LABEL_PX, Math.min(end - one.x - 8, Math.max(one.width, 340)));
  });
}
