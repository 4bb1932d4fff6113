import 'server-only';

interface Entry<T> {
  page: Promise<T>;
  chars: number;
}

/**
 * Pages that will not change any more, kept up to a size; the one not asked for longest goes first. Who asks while
 * a page is being read shares the answer. Failures are not kept.
 */
export class PageCache<T> {
  private readonly entries = new Map<string, Entry<T>>();
  private chars = 0;

  constructor(
    private readonly maxChars: number,
    /** Size of a page in characters; undefined for one that is not to be kept. */
    private readonly sizeOf: (page: T) => number | undefined,
  ) {}

  /** The page under a key, read with `load` when it is not there. */
  get(key: string, load: () => Promise<T>): Promise<T> {
    const known = this.entries.get(key);
    if (known) {
      this.entries.delete(key);
      this.entries.set(key, known);
      return known.page;
    }
    const entry: Entry<T> = { page: load(), chars: 0 };
    this.entries.set(key, entry);
    entry.page.then(
      (page) => this.settle(key, entry, this.sizeOf(page)),
      () => this.settle(key, entry, undefined),
    );
    return entry.page;
  }

  private settle(key: string, entry: Entry<T>, chars: number | undefined): void {
    if (this.entries.get(key) !== entry) return;
    if (chars === undefined) {
      this.entries.delete(key);
      return;
    }
    entry.chars = chars;
    this.chars += chars;
    for (const [oldKey, old] of this.entries) {
      if (this.chars <= this.maxChars) return;
      if (old.chars === 0) continue;
      this.entries.delete(oldKey);
      this.chars -= old.chars;
    }
  }
}
