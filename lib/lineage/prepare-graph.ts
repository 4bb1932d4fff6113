import type { LineageLane, LineageMark, MarkRole } from '../contract/lineage';
import { shownStatus } from '../jobs/status';
import { formatInteger, formatPlural, formatSignificant } from '../shared/format';
import type { GraphBar, GraphLink, GraphMark, LinkKind, MarkShape, PositionedGraph } from '../shared/graph-model';
import { jobColours } from '../shared/job-colours';
import { edgeWords, laneWords, markWords, problemWords } from './lane-words';
import { type Layout, type PlacedLane, ROW_PX } from './layout';
import { prepareRuler } from './prepare-ruler';
import { parseTickRange } from './tick-range';

const LINK_KINDS: Record<string, LinkKind> = {
  resume: 'solid',
  iterate: 'dashed',
  evaluate: 'dotted',
  unknown: 'faint',
};
const LINK_COLOURS: Record<string, string> = {
  resume: 'var(--cairn-resumable)',
  iterate: 'var(--cairn-model)',
  evaluate: 'var(--cairn-evaluation)',
  unknown: 'var(--cairn-unknown)',
};
export const EVALUATION_COLOUR = 'var(--cairn-evaluation)';

export const markId = (laneId: string, step: number) => `${laneId}@${step}`;
const rowY = (row: number) => (row + 0.5) * ROW_PX;

/** A layout as something that only has to be drawn: shapes, colours, words. `best` is where today's best is. */
export function prepareGraph(layout: Layout, best?: { lane: string; step?: number }): PositionedGraph {
  // Evaluations are indigo whatever their name, so that they take no colour from the jobs.
  const training = layout.lanes.filter(({ lane }) => lane.jobCategory === 'AgentRFT');
  const colours = jobColours(training.map(({ lane }) => lane.jobName));
  const colourOf = (lane: LineageLane) =>
    lane.jobCategory === 'AgentRFT' ? (colours.get(lane.jobName)?.css ?? 'var(--cairn-job-1)') : EVALUATION_COLOUR;
  return {
    width: layout.width,
    height: layout.rows * ROW_PX,
    bars: layout.lanes.map((placed) => toBar(placed, colourOf(placed.lane))),
    marks: layout.lanes.flatMap((placed) => toMarks(placed, best)),
    links: layout.lanes.flatMap((placed) => toLink(placed, layout, colourOf(placed.lane)) ?? []),
    ruler: prepareRuler(layout),
  };
}

function toBar(placed: PlacedLane, colour: string): GraphBar {
  const { lane, x, width, row, roomPx } = placed;
  const pill = lane.jobCategory === 'AgentRFTEvaluation';
  const { tone, label, final } = shownStatus(lane.jobStatus, lane.secondaryStatus);
  return {
    id: lane.id,
    x,
    y: rowY(row),
    width,
    colour,
    tone,
    live: !final && lane.endTime === undefined,
    pill,
    label: lane.jobName,
    labelWidth: roomPx,
    note: pill && final && tone === 'completed' ? 'no score' : label,
    value: lane.score ? formatSignificant(lane.score.value) : undefined,
    description: laneWords(lane),
    strong: lane.best ?? false,
    faint: lane.context ?? false,
    ticks: pill ? [] : toTicks(placed),
    spark: lane.spark && normalised(lane.spark),
    more: lane.hidden && {
      count: lane.hidden.jobs,
      text: `${formatPlural(lane.hidden.jobs, 'job')} below`,
      closed: lane.hidden.closed,
    },
    stub: lane.parent && problemWords(lane.parent),
  };
}

/** The counted ranges as strokes where their last checkpoint was written; the fullest is the tallest. */
function toTicks({ lane, xOf }: PlacedLane): GraphBar['ticks'] {
  const { ticks } = lane;
  if (!ticks) return [];
  const created = Date.parse(lane.creationTime);
  const most = Math.max(...ticks.counts, 1);
  let before = xOf({ step: ticks.from - 1, ms: created });
  return ticks.counts.flatMap((count, bucket) => {
    const first = ticks.from + bucket * ticks.size;
    const last = first + ticks.size - 1;
    const end = xOf({ step: last, ms: created + (ticks.endMs[bucket] ?? 0) });
    const from = Math.min(before, end);
    before = Math.max(before, end);
    if (count === 0) return [];
    return [{ id: `${lane.id}@${first}-${last}`, x: from, width: Math.max(1, end - from), strength: count / most }];
  });
}

/** Where a range of the address (`AgentRFT/name@21-40`) lies on a graph; undefined where its lane is not on it. */
export function placeOfRange(graph: PositionedGraph, range: string): { x: number; y: number } | undefined {
  const bar = graph.bars.find(({ id }) => id === parseTickRange(range)?.lane);
  if (!bar) return undefined;
  const tick = bar.ticks.find(({ id }) => id === range);
  return { x: tick ? tick.x + tick.width / 2 : bar.x + bar.width / 2, y: bar.y };
}

function normalised(values: readonly (number | null)[]): (number | undefined)[] {
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known);
  const high = Math.max(...known);
  return values.map((value) => (value === null ? undefined : high === low ? 0.5 : (value - low) / (high - low)));
}

function shapeOf({ resumable, model }: LineageMark): MarkShape {
  if (resumable && model) return 'twins';
  if (resumable) return 'hexagon';
  return model ? 'circle' : 'unknown';
}

/** Room for a number and a score below a mark. */
const MARK_LABEL_PX = 34;

function toMarks(placed: PlacedLane, best?: { lane: string; step?: number }): GraphMark[] {
  const marks = placed.lane.marks.map((mark) => toMark(placed, mark, best));
  const told: GraphMark[] = [];
  for (const mark of [...marks].sort((a, b) => a.rank - b.rank || b.x - a.x)) {
    mark.crowded = told.some(({ x }) => Math.abs(x - mark.x) < MARK_LABEL_PX);
    if (!mark.crowded) told.push(mark);
  }
  return marks;
}

function toMark(placed: PlacedLane, mark: LineageMark, best?: { lane: string; step?: number }): GraphMark {
  const star = best?.lane === placed.lane.id && best.step === mark.step;
  const ring = mark.roles.includes('best');
  return {
    id: markId(placed.lane.id, mark.step),
    bar: placed.lane.id,
    x: placed.xOf({ step: mark.step, ms: Date.parse(mark.creationTime) }),
    y: rowY(placed.row),
    shape: shapeOf(mark),
    star,
    ring,
    pinned: mark.roles.includes('pinned'),
    label: formatInteger(mark.step),
    crowded: false,
    value: mark.score === undefined ? undefined : formatSignificant(mark.score),
    description: markWords(placed.lane, mark),
    rank: star
      ? 0
      : ring || ['branch', 'evaluated', 'pinned'].some((role) => mark.roles.includes(role as MarkRole))
        ? 1
        : 2,
  };
}

function toLink(placed: PlacedLane, layout: Layout, colour: string): GraphLink | undefined {
  const { lane, dropX } = placed;
  const parent = lane.parent?.lane === undefined ? undefined : layout.byId.get(lane.parent.lane);
  if (!lane.parent || !parent || dropX === undefined) return undefined;
  const { kind, step } = lane.parent;
  const hasMark = parent.lane.marks.some((mark) => mark.step === step);
  return {
    id: `${lane.id}<`,
    from: { x: dropX, y: rowY(parent.row) },
    to: { x: placed.x, y: rowY(placed.row) },
    fromBar: parent.lane.id,
    fromMark: hasMark && step !== undefined ? markId(parent.lane.id, step) : undefined,
    toBar: lane.id,
    kind: LINK_KINDS[kind] ?? 'faint',
    colours: [LINK_COLOURS[kind] ?? colour, colour],
    strong: (lane.best ?? false) && (parent.lane.best ?? false),
    faint: lane.context ?? false,
    description: `${lane.jobName} ${edgeWords(lane.parent)}`,
  };
}
