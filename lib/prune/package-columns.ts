/** Kinds as numbers, in the order the catalog keeps them. */
export const UNKNOWN_KIND = 0;
export const RESUMABLE = 1;
export const MODEL = 2;

/** What a package's status means to a clean-up. */
export const UNFINISHED = 0;
export const COMPLETED = 1;
/** Failed: nothing can start from it, and it may go. */
export const FAILED = 2;

/** Packages of one region as columns: 200,000 of them are some megabytes and judged in one pass. */
export interface PackageColumns {
  count: number;
  groupId: Int32Array;
  version: Int32Array;
  /** 0: nobody knows which job made it. */
  jobId: Int32Array;
  /** -1: not known. */
  step: Int32Array;
  /** Epoch milliseconds. */
  createdMs: Float64Array;
  kind: Uint8Array;
  status: Uint8Array;
  approved: Uint8Array;
  /** Maker or step is inferred and not named. */
  weak: Uint8Array;
}

/** One package, as tests and short lists write it. */
export interface PackageFacts {
  groupId: number;
  version: number;
  jobId?: number;
  step?: number;
  createdMs: number;
  kind: number;
  status: number;
  approved?: boolean;
  weak?: boolean;
}

/** Columns with room for `count` packages. */
export function emptyColumns(count: number): PackageColumns {
  return {
    count,
    groupId: new Int32Array(count),
    version: new Int32Array(count),
    jobId: new Int32Array(count),
    step: new Int32Array(count),
    createdMs: new Float64Array(count),
    kind: new Uint8Array(count),
    status: new Uint8Array(count),
    approved: new Uint8Array(count),
    weak: new Uint8Array(count),
  };
}

/** Writes one package at a place. */
export function putPackage(columns: PackageColumns, at: number, one: PackageFacts): void {
  columns.groupId[at] = one.groupId;
  columns.version[at] = one.version;
  columns.jobId[at] = one.jobId ?? 0;
  columns.step[at] = one.step ?? -1;
  columns.createdMs[at] = one.createdMs;
  columns.kind[at] = one.kind;
  columns.status[at] = one.status;
  columns.approved[at] = one.approved ? 1 : 0;
  columns.weak[at] = one.weak ? 1 : 0;
}

/** Columns of a list of packages. */
export function toColumns(list: readonly PackageFacts[]): PackageColumns {
  const columns = emptyColumns(list.length);
  for (const [at, one] of list.entries()) putPackage(columns, at, one);
  return columns;
}

/** The number of a package: groups are counted from 1, versions are below 2^31. */
export const packageKey = (groupId: number, version: number): number => groupId * 2 ** 31 + version;

/** The columns without some packages, by their numbers. */
export function withoutPackages(columns: PackageColumns, gone: ReadonlySet<number>): PackageColumns {
  const stays = new Uint8Array(columns.count);
  let count = 0;
  for (let at = 0; at < columns.count; at += 1) {
    if (gone.has(packageKey(columns.groupId[at] ?? 0, columns.version[at] ?? 0))) continue;
    stays[at] = 1;
    count += 1;
  }
  if (count === columns.count) return columns;
  const keep = (_: number, at: number) => stays[at] === 1;
  return {
    count,
    groupId: columns.groupId.filter(keep),
    version: columns.version.filter(keep),
    jobId: columns.jobId.filter(keep),
    step: columns.step.filter(keep),
    createdMs: columns.createdMs.filter(keep),
    kind: columns.kind.filter(keep),
    status: columns.status.filter(keep),
    approved: columns.approved.filter(keep),
    weak: columns.weak.filter(keep),
  };
}
