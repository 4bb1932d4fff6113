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
  /** That it is of this job is known by the clock alone. */
  guessed: Uint8Array;
  /** Its step is its place in a count. */
  counted: Uint8Array;
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
  guessed?: boolean;
  counted?: boolean;
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
    guessed: new Uint8Array(count),
    counted: new Uint8Array(count),
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
  columns.guessed[at] = one.guessed ? 1 : 0;
  columns.counted[at] = one.counted ? 1 : 0;
}

/** Columns of a list of packages. */
export function toColumns(list: readonly PackageFacts[]): PackageColumns {
  const columns = emptyColumns(list.length);
  for (const [at, one] of list.entries()) putPackage(columns, at, one);
  return columns;
}

/** The number of a package: groups are counted from 1, versions are below 2^31. */
export const packageKey = (groupId: number, version: number): number => groupId * 2 ** 31 + version;

/** Names of the columns, which are all of one length. */
const NAMES = Object.keys(emptyColumns(0)).filter((name) => name !== 'count') as Exclude<
  keyof PackageColumns,
  'count'
>[];

/** Where the packages of each job stand; 0: of nobody. */
export function placesByJob({ count, jobId }: PackageColumns): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (let at = 0; at < count; at += 1) {
    const known = places.get(jobId[at] ?? 0);
    if (known) known.push(at);
    else places.set(jobId[at] ?? 0, [at]);
  }
  return places;
}

/**
 * Columns in the order they are shown and deleted in: newest job first, and then by step. Ids of jobs grow in the order they
 * are met: when their first package was written tells which is newer.
 */
export function inOrder(columns: PackageColumns): PackageColumns {
  const { step, kind, version, groupId, createdMs } = columns;
  const by = (of: ArrayLike<number>, a: number, b: number) => (of[a] ?? 0) - (of[b] ?? 0);
  const byStep = (a: number, b: number) => by(step, a, b) || by(kind, a, b) || by(version, a, b) || by(groupId, a, b);
  const jobs = [...placesByJob(columns).entries()].map(([id, places]) => ({ id, places: places.sort(byStep) }));
  jobs.sort((a, b) => by(createdMs, b.places[0] ?? 0, a.places[0] ?? 0) || b.id - a.id);
  return pick(
    columns,
    jobs.map(({ places }) => places),
  );
}

/** The columns with the packages of some jobs (0: of nobody) as they are now. */
export function replaceJobs(
  columns: PackageColumns,
  jobIds: ReadonlySet<number>,
  fresh: PackageColumns,
): PackageColumns {
  const others = [...placesByJob(columns)].flatMap(([id, places]) => (jobIds.has(id) ? [] : [places]));
  return inOrder(joinColumns([pick(columns, others), fresh]));
}

/** Columns behind each other. */
export function joinColumns(parts: readonly PackageColumns[]): PackageColumns {
  const joined = emptyColumns(parts.reduce((sum, { count }) => sum + count, 0));
  let to = 0;
  for (const part of parts) {
    for (const name of NAMES) joined[name].set(part[name], to);
    to += part.count;
  }
  return joined;
}

function pick(columns: PackageColumns, lists: readonly (readonly number[])[]): PackageColumns {
  const picked = emptyColumns(lists.reduce((sum, { length }) => sum + length, 0));
  for (const name of NAMES) {
    const from = columns[name];
    let to = 0;
    for (const places of lists) {
      for (const at of places) {
        picked[name][to] = from[at] ?? 0;
        to += 1;
      }
    }
  }
  return picked;
}
