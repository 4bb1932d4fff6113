/** Something that yields items in order of time, from `opensAt` on in reading direction. */
export interface SortedSource<T> {
  opensAt: number;
  /** Decides between items of the same time, so that the order is always the same. */
  rank: number;
  open(): Iterator<T>;
}

interface Open<T> {
  items: Iterator<T>;
  head: T;
  rank: number;
}

/** Merges sources into one order of time, up or down. A source is opened only once the reading reaches it. */
export function* mergeSorted<T>(
  sources: readonly SortedSource<T>[],
  timeOf: (item: T) => number,
  forward: boolean,
): Generator<T> {
  const sign = forward ? 1 : -1;
  const waiting = [...sources].sort((a, b) => sign * (a.opensAt - b.opensAt || a.rank - b.rank));
  const open: Open<T>[] = [];
  let next = 0;
  for (;;) {
    const first = firstOf(open, timeOf, sign);
    const source = waiting[next];
    if (source && (!first || sign * source.opensAt <= sign * timeOf(first.head))) {
      next += 1;
      const items = source.open();
      const head = items.next();
      if (!head.done) open.push({ items, head: head.value, rank: source.rank });
      continue;
    }
    if (!first) return;
    yield first.head;
    const following = first.items.next();
    if (following.done) open.splice(open.indexOf(first), 1);
    else first.head = following.value;
  }
}

function firstOf<T>(open: readonly Open<T>[], timeOf: (item: T) => number, sign: number): Open<T> | undefined {
  let best: Open<T> | undefined;
  for (const candidate of open) {
    const order = best ? timeOf(candidate.head) - timeOf(best.head) || candidate.rank - best.rank : -sign;
    if (sign * order < 0) best = candidate;
  }
  return best;
}
