import type { LineageLane } from '../contract/lineage';

export interface ListRow {
  lane: LineageLane;
  /** From 1. */
  level: number;
  /** Among its siblings, from 1. */
  position: number;
  siblings: number;
}

/**
 * Lanes as the lines of a tree, every job under the one it came from, newest lineage first, siblings oldest first. Lanes come
 * parents first; nothing recurses, since a chain may be as long as the answer.
 */
export function toListRows(lanes: readonly LineageLane[]): ListRow[] {
  const children = new Map<string | undefined, LineageLane[]>();
  for (const lane of lanes) {
    const above = lane.parent?.lane;
    const list = children.get(above);
    if (list) list.push(lane);
    else children.set(above, [lane]);
  }
  const roots = [...(children.get(undefined) ?? [])].reverse();
  const rows: ListRow[] = [];
  const open = roots.map((lane, index) => ({ lane, level: 1, position: index + 1, siblings: roots.length })).reverse();
  for (let row = open.pop(); row; row = open.pop()) {
    rows.push(row);
    const below = children.get(row.lane.id) ?? [];
    const level = row.level + 1;
    for (let index = below.length - 1; index >= 0; index -= 1) {
      const lane = below[index];
      if (lane) open.push({ lane, level, position: index + 1, siblings: below.length });
    }
  }
  return rows;
}
