import { formatDuration } from '../shared/time';
import type { TimelinePiece } from '../shared/timeline-model';

/** A stretch of the clock between two neighbouring events. */
interface Stretch {
  startMs: number;
  endMs: number;
  /** Nothing but waiting goes on in it. */
  idle: boolean;
}

export interface Clock {
  pieces: TimelinePiece[];
  folded: TimelinePiece[];
}

const MINUTE_MS = 60_000;
/** Shorter waits are worth seeing at their true length. */
const FOLD_FROM_MS = 5 * MINUTE_MS;
/** A wait is folded when it takes more than this share of what the work takes. */
const FOLD_SHARE = 0.25;
/** Width of one fold, as a share of all unfolded time; about room for a label such as "2 h 10 min". */
const FOLD_WIDTH = 0.09;
/** All folds together never take more than this share of the unfolded time, however many there are. */
const FOLDS_WIDTH = 0.8;

/**
 * Lays time out between 0 and 1: evenly, except that long waits are folded to a narrow piece. Work is never folded,
 * so that lengths of work compare. `busy` and `waiting` are stretches in milliseconds and may overlap; what neither
 * covers is idle.
 */
export function layClock(
  startMs: number,
  endMs: number,
  busy: { startMs: number; endMs: number }[],
  waiting: { startMs: number; endMs: number }[],
): Clock {
  const stretches = idleStretches(startMs, endMs, busy, waiting);
  const folds = new Set(foldsOf(stretches));
  const shownMs = stretches.reduce((sum, stretch) => sum + (folds.has(stretch) ? 0 : lengthOf(stretch)), 0);
  const foldMs = folds.size === 0 ? 0 : shownMs * Math.min(FOLD_WIDTH, FOLDS_WIDTH / folds.size);
  const totalMs = shownMs + foldMs * folds.size;
  const pieces: TimelinePiece[] = [];
  const folded: TimelinePiece[] = [];
  let drawnMs = 0;
  for (const stretch of stretches) {
    const left = totalMs > 0 ? drawnMs / totalMs : 0;
    drawnMs += folds.has(stretch) ? foldMs : lengthOf(stretch);
    const right = totalMs > 0 ? Math.min(1, drawnMs / totalMs) : 1;
    const piece = { startMs: stretch.startMs, endMs: stretch.endMs, left, right };
    pieces.push(piece);
    if (folds.has(stretch)) folded.push(piece);
  }
  const last = pieces.at(-1);
  if (last) last.right = 1;
  return { pieces, folded };
}

/**
 * The waits that are too long beside the work: alone, or together with all shorter ones. Waits of equal length are
 * treated alike. With nothing beside them, waits are the whole story and stay.
 */
function foldsOf(stretches: Stretch[]): Stretch[] {
  const isLong = (stretch: Stretch) => stretch.idle && lengthOf(stretch) >= FOLD_FROM_MS;
  const busyMs = stretches.reduce((sum, stretch) => sum + (isLong(stretch) ? 0 : lengthOf(stretch)), 0);
  if (busyMs === 0) return [];
  const waits = stretches.filter(isLong).sort((a, b) => lengthOf(a) - lengthOf(b));
  let waitedMs = 0;
  for (const wait of waits) {
    waitedMs += lengthOf(wait);
    if (lengthOf(wait) < FOLD_SHARE * busyMs && waitedMs <= busyMs) continue;
    return waits.filter((other) => lengthOf(other) >= lengthOf(wait));
  }
  return [];
}

const lengthOf = (stretch: Stretch) => stretch.endMs - stretch.startMs;

/** Cuts the clock at every edge and joins neighbours of the same sort. */
function idleStretches(
  startMs: number,
  endMs: number,
  busy: { startMs: number; endMs: number }[],
  waiting: { startMs: number; endMs: number }[],
): Stretch[] {
  const edges = [...busy, ...waiting].flatMap((span) => [span.startMs, span.endMs]);
  const cuts = [...new Set([startMs, endMs, ...edges])]
    .filter((at) => at >= startMs && at <= endMs)
    .sort((a, b) => a - b);
  // One sweep over sorted spans: `until` is how far work reaches at this point.
  const sorted = [...busy].sort((a, b) => a.startMs - b.startMs);
  const stretches: Stretch[] = [];
  let next = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const [index, from] of cuts.entries()) {
    const to = cuts[index + 1];
    if (to === undefined) break;
    for (let span = sorted[next]; span && span.startMs <= from; span = sorted[++next]) {
      until = Math.max(until, span.endMs);
    }
    stretches.push({ startMs: from, endMs: to, idle: until <= from });
  }
  if (stretches.length === 0) stretches.push({ startMs, endMs, idle: true });
  return stretches;
}

/** Where a moment is drawn, 0 to 1; moments outside the clock are at its ends. */
export function positionOf(pieces: TimelinePiece[], atMs: number): number {
  const first = pieces[0];
  if (!first || atMs <= first.startMs) return 0;
  for (const piece of pieces) {
    if (atMs > piece.endMs) continue;
    const lengthMs = piece.endMs - piece.startMs;
    const share = lengthMs > 0 ? (atMs - piece.startMs) / lengthMs : 0;
    return Math.min(piece.right, piece.left + share * (piece.right - piece.left));
  }
  return 1;
}

const SECOND_MS = 1000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const AXIS_STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR_MS),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((n) => n * DAY_MS),
];
/** Labels under the picture: few, and never nearer than this share of the width. */
const AXIS_MAX = 7;
const AXIS_GAP = 0.09;

/** Labels of elapsed time at round values, left out where they would crowd or fall into a fold. */
export function axisOf({ pieces, folded }: Clock): { at: number; label: string }[] {
  const startMs = pieces[0]?.startMs ?? 0;
  const endMs = pieces.at(-1)?.endMs ?? 0;
  const foldedMs = folded.reduce((sum, fold) => sum + fold.endMs - fold.startMs, 0);
  const stepMs = AXIS_STEPS_MS.find((step) => (endMs - startMs - foldedMs) / step <= AXIS_MAX) ?? DAY_MS * 5000;
  const axis = [{ at: 0, label: '0' }];
  // Folds are jumped over: a month of waiting must not cost a loop over its minutes.
  for (const piece of pieces) {
    if (folded.includes(piece)) continue;
    const firstMs = Math.ceil((piece.startMs - startMs) / stepMs) * stepMs;
    for (let elapsed = Math.max(stepMs, firstMs); elapsed <= piece.endMs - startMs; elapsed += stepMs) {
      const at = positionOf(pieces, startMs + elapsed);
      if (at - (axis.at(-1)?.at ?? 0) >= AXIS_GAP) axis.push({ at, label: formatDuration(elapsed) });
    }
  }
  return axis;
}
