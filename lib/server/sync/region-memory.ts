import 'server-only';
import { buildMakerIndex, groupKey, groupsOf, type MakerIndex } from '@/lib/checkpoints/maker-index';
import type { Catalog } from '../catalog/catalog';
import { ensureGroup, listGroups, type StoredGroup } from '../catalog/package-groups-store';
import type { Scope } from '../catalog/scopes-store';
import { countScope, listJobsToCount, listMakers, type ScopeCounts, type StoredMaker } from '../catalog/sync-reads';

/** A group that jobs write to, and what is left to do for it. */
export interface GroupState extends StoredGroup {
  /** Goes on with the first read while the server runs; after that the position does. */
  nextPage?: { createdBefore?: Date; nextToken: string };
  /** Wall clock of the last read that reached the newest package. */
  lastReadMs?: number;
  /** Some packages are listed and not described. */
  undescribed: boolean;
  /** Not before this time of our clock are they asked for again. */
  undescribedFromMs: number;
  /** Those AWS would not describe in this round. */
  refused: Set<number>;
  /** Some packages may tell more when they are inspected. */
  uninspected: boolean;
  busy: boolean;
}

/** A stretch of a group's packages whose makers are to be looked for again; epoch milliseconds. */
export interface Stretch {
  fromMs: number;
  toMs: number;
}

/**
 * What the sync keeps in memory of one scope: who may have made packages, how far groups are read, and what is to be
 * thought over again. All of it is rebuilt from the catalog at start.
 */
export class RegionMemory {
  readonly makers = new Map<number, StoredMaker>();
  readonly groups = new Map<string, GroupState>();
  /** Stretches of groups, by group key. */
  readonly stretches = new Map<string, Stretch>();
  /** Single packages that a job came to name, by group key. */
  readonly named = new Map<string, Set<number>>();
  /** Jobs whose steps are to be counted again. */
  readonly toCount = new Set<number>();
  /** Jobs whose checkpoints are to be counted again, and whether listeners are told that their checkpoints changed. */
  readonly toRecount = new Map<number, { changed: boolean }>();
  inputsChanged = true;
  jobsChanged = true;
  counts: ScopeCounts = { jobs: 0, described: 0, packages: 0, packagesDescribed: 0 };
  private index: MakerIndex | undefined;

  private constructor(
    private readonly catalog: Catalog,
    readonly scope: Scope,
  ) {}

  static async load(catalog: Catalog, scope: Scope): Promise<RegionMemory> {
    const memory = new RegionMemory(catalog, scope);
    await memory.reload();
    return memory;
  }

  /** Reads everything from the catalog again: at start, and when a job took the place of another. */
  async reload(): Promise<void> {
    const { catalog, scope } = this;
    this.counts = await countScope(catalog, scope);
    this.makers.clear();
    this.groups.clear();
    this.index = undefined;
    const stored = new Map((await listGroups(catalog, scope)).map((group) => [groupKey(group.name), group]));
    for (const maker of await listMakers(catalog, scope)) {
      this.makers.set(maker.id, maker);
      for (const key of groupsOf(maker)) {
        const group = stored.get(key);
        if (group && !this.groups.has(key)) this.groups.set(key, freshGroup(group));
      }
    }
    for (const maker of this.makers.values()) await this.addGroups(maker);
    // A server that was killed may have written packages and not yet what follows from them.
    for (const [key, group] of this.groups) {
      this.stretches.set(key, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER });
      for (const id of group.complete ? await listJobsToCount(catalog, group.id) : []) this.toCount.add(id);
    }
    for (const id of this.makers.keys()) this.toRecount.set(id, { changed: false });
  }

  /** Puts in what the catalog now says of a maker. */
  async putMaker(maker: StoredMaker): Promise<void> {
    this.makers.set(maker.id, maker);
    this.index = undefined;
    await this.addGroups(maker);
  }

  makerIndex(): MakerIndex {
    this.index ??= buildMakerIndex([...this.makers.values()]);
    return this.index;
  }

  /** The name a group has in the catalog: AWS may write it in lower case inside ARNs, and it is the same group. */
  groupName(name: string): string {
    return this.groups.get(groupKey(name))?.name ?? name;
  }

  /** Has the makers of a stretch of a group looked for again. */
  addStretch(key: string, { fromMs, toMs }: Stretch): void {
    const known = this.stretches.get(key);
    this.stretches.set(key, {
      fromMs: Math.min(fromMs, known?.fromMs ?? fromMs),
      toMs: Math.max(toMs, known?.toMs ?? toMs),
    });
  }

  addNamed(key: string, version: number): void {
    const versions = this.named.get(key) ?? new Set();
    this.named.set(key, versions.add(version));
  }

  /** Makers that use a group and may still write to it, or wrote to it last after it was read. */
  usersOf(key: string): StoredMaker[] {
    return (this.makerIndex().byGroup.get(key) ?? []).flatMap((maker) => {
      const stored = this.makers.get(maker.id);
      return stored && !stored.packagesComplete ? [stored] : [];
    });
  }

  private async addGroups(maker: StoredMaker): Promise<void> {
    for (const name of [maker.outputGroup, maker.intermediateGroup]) {
      if (name === undefined || this.groups.has(groupKey(name))) continue;
      this.groups.set(groupKey(name), freshGroup(await ensureGroup(this.catalog, this.scope, name)));
    }
  }
}

const freshGroup = (group: StoredGroup): GroupState => ({
  ...group,
  undescribed: true,
  undescribedFromMs: 0,
  refused: new Set(),
  uninspected: true,
  busy: false,
});
