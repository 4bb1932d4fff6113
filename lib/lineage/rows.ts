/** How many rows below its parent a lane looks for room before it takes a new one: keeps the search linear. */
const LOOK_DOWN = 96;

/**
 * Rows of a drawing and what is taken in each. Lanes are placed one after the other and never moved: whoever comes later
 * takes the first row that is free for all of its width.
 */
export class Rows {
  /** Per row the taken stretches, left to right, as flat pairs. */
  private readonly taken: { from: number; to: number }[][] = [];

  get count(): number {
    return this.taken.length;
  }

  /** Takes the first free row from `first` downwards. Gives its number. */
  take(first: number, from: number, to: number): number {
    const last = Math.min(this.taken.length, first + LOOK_DOWN);
    for (let row = first; row < last; row += 1) {
      if (this.insert(this.rowAt(row), from, to)) return row;
    }
    const row = Math.max(first, this.taken.length);
    this.insert(this.rowAt(row), from, to);
    return row;
  }

  private rowAt(row: number) {
    while (this.taken.length <= row) this.taken.push([]);
    return this.taken[row] as { from: number; to: number }[];
  }

  private insert(row: { from: number; to: number }[], from: number, to: number): boolean {
    let low = 0;
    let high = row.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((row[middle]?.from ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    const before = row[low - 1];
    const after = row[low];
    if ((before && before.to > from) || (after && after.from < to)) return false;
    row.splice(low, 0, { from, to });
    return true;
  }
}
