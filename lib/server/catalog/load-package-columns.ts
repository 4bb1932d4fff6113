import 'server-only';
import { sql } from 'drizzle-orm';
import {
  COMPLETED,
  emptyColumns,
  FAILED,
  inOrder,
  joinColumns,
  type PackageColumns,
  UNFINISHED,
} from '@/lib/prune/package-columns';
import type { Catalog } from './catalog';
import type { Scope } from './scopes-store';

const STATUS_CODES: Record<string, number> = { Completed: COMPLETED, Failed: FAILED };

/** What AWS's word for a package's status means here. */
export const statusCode = (word: string): number =>
  Object.hasOwn(STATUS_CODES, word) ? (STATUS_CODES[word] ?? UNFINISHED) : UNFINISHED;

/** A package in one number: status, kind (3 each), approved, guessed, counted (2 each). `time` and `counted` are evidence 1. */
const FLAGS = sql`CASE p.status WHEN 'Completed' THEN 1 WHEN 'Failed' THEN 2 ELSE 0 END + 3 * p.kind
  + CASE WHEN p.approval = 'Approved' THEN 9 ELSE 0 END + CASE WHEN p.evidence = 1 THEN 18 ELSE 0 END
  + CASE WHEN p.step_evidence = 1 THEN 36 ELSE 0 END`;

/**
 * Packages of a scope that are still there, of all jobs or of some (0: those of nobody), in the order they are shown and
 * deleted in. Each column of a group crosses over as one string of bytes, as PostgreSQL sends numbers: measured with 200,000
 * packages, rows take ten times as long, and lists of numbers three times.
 */
export async function loadPackageColumns(
  catalog: Catalog,
  scope: Scope,
  jobIds?: readonly number[],
): Promise<PackageColumns> {
  if (jobIds?.length === 0) return emptyColumns(0);
  const known = jobIds?.filter((id) => id !== 0) ?? [];
  const ofJobs = [
    ...(known.length > 0 ? [sql`p.job_id IN ${known}`] : []),
    ...(jobIds?.includes(0) ? [sql`p.job_id IS NULL`] : []),
  ];
  const { rows } = await catalog.db.execute<GroupRow>(sql`
    SELECT p.group_id,
      string_agg(int4send(p.version), '') AS versions,
      string_agg(int4send(coalesce(p.job_id, 0)), '') AS jobs,
      string_agg(int4send(coalesce(p.step, -1)), '') AS steps,
      string_agg(timestamptz_send(p.created_at), '') AS times,
      string_agg(int4send(${FLAGS}), '') AS flags
    FROM packages p JOIN package_groups g ON g.id = p.group_id
    WHERE g.scope_id = ${scope.id} AND p.status <> 'Deleted'
      ${jobIds ? sql`AND (${sql.join(ofJobs, sql` OR `)})` : sql``}
    GROUP BY p.group_id`);
  return inOrder(joinColumns(rows.map(toColumns)));
}

type GroupRow = { group_id: number } & Record<'versions' | 'jobs' | 'steps' | 'times' | 'flags', Uint8Array>;

function toColumns(row: GroupRow): PackageColumns {
  const flags = readIntegers(row.flags);
  const columns = emptyColumns(flags.length);
  columns.groupId.fill(row.group_id);
  columns.version.set(readIntegers(row.versions));
  columns.jobId.set(readIntegers(row.jobs));
  columns.step.set(readIntegers(row.steps));
  columns.createdMs.set(readTimes(row.times));
  for (const [at, code] of flags.entries()) {
    columns.status[at] = code % 3;
    columns.kind[at] = Math.floor(code / 3) % 3;
    columns.approved[at] = Math.floor(code / 9) % 2;
    columns.guessed[at] = Math.floor(code / 18) % 2;
    columns.counted[at] = Math.floor(code / 36);
  }
  return columns;
}

/** PostgreSQL sends the highest byte first. */
function readIntegers(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const integers = new Int32Array(bytes.byteLength / 4);
  for (let i = 0; i < integers.length; i += 1) integers[i] = view.getInt32(4 * i);
  return integers;
}

/** PostgreSQL counts microseconds from the start of 2000. */
const EPOCH_MS = Date.UTC(2000);

function readTimes(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const times = new Float64Array(bytes.byteLength / 8);
  for (let i = 0; i < times.length; i += 1) {
    times[i] = EPOCH_MS + (view.getInt32(8 * i) * 2 ** 32 + view.getUint32(8 * i + 4)) / 1000;
  }
  return times;
}
