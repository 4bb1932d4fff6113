import 'server-only';
import { and, asc, count, desc, eq, gte, inArray, like, lte, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { JobRow, ListJobsQuery, ListJobsResponse, SortKey } from '@/lib/contract/jobs';
import { KNOWN_JOB_STATUSES, STATUS_GROUPS, type StatusGroup, statusesOfGroup } from '@/lib/jobs/status';
import type { Catalog } from './catalog';
import { type Cursor, formatCursor, parseCursor } from './cursor';
import { type SelectedJob, selectJobs, toJobRow, totalTokens } from './job-rows';
import { jobs } from './schema';
import type { Scope } from './scopes-store';

export interface JobsPage {
  jobs: JobRow[];
  /** How many matching jobs stand before the first one of this page. */
  offset: number;
  nextCursor?: string;
  prevCursor?: string;
}

/**
 * One page of jobs that match, in the order asked for. Pages are cut by value and id, so that jobs which arrive meanwhile
 * neither repeat nor hide a row. Live durations are measured to `awsNow`, or to the first page's clock on later pages.
 * Throws AppError `bad_request` for a cursor that is not of this list.
 */
export async function listJobsPage(
  catalog: Catalog,
  scope: Scope,
  query: ListJobsQuery,
  awsNow: Date,
): Promise<JobsPage> {
  const by = `${query.sort} ${query.order}`;
  const cursor = query.cursor === undefined ? undefined : parseCursor(query.cursor, by);
  const now = cursor?.now === undefined ? awsNow : new Date(cursor.now);
  const key = SORT[query.sort](now);
  const backwards = cursor?.go === 'prev';
  const ascending = (query.order === 'asc') !== backwards;
  const direction = ascending ? asc : desc;

  const order = [direction(key.expression), direction(jobs.id)];
  // The page is cut before its rows are joined with what they came from: joining ten thousand to show fifty is slow.
  const ids = catalog.db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(matching(scope, query), cursor && beyond(key, cursor, ascending)))
    .orderBy(...order)
    .limit(query.limit + 1);
  const rows = await selectJobs(catalog)
    .where(inArray(jobs.id, ids))
    .orderBy(...order);
  const more = rows.length > query.limit;
  const page = rows.slice(0, query.limit);
  if (backwards) page.reverse();

  const edge = (row: SelectedJob | undefined, go: Cursor['go']) =>
    row && formatCursor({ by, value: key.valueOf(row), id: row.job.id, go, ...(key.moves && { now: now.getTime() }) });
  const first = page[0];
  const before = first && { value: key.valueOf(first), id: first.job.id };
  const isBefore = before && beyond(key, before, query.order === 'desc');
  return {
    jobs: page.map((row) => toJobRow(scope, row)),
    // The first page is the common case and costs no count.
    offset: cursor && isBefore ? await countWhere(catalog, and(matching(scope, query), isBefore)) : 0,
    nextCursor: (backwards ? page.length > 0 : more) ? edge(page.at(-1), 'next') : undefined,
    prevCursor: (backwards ? more : cursor !== undefined) ? edge(page[0], 'prev') : undefined,
  };
}

/** How many jobs match, over all pages. */
export async function countJobs(catalog: Catalog, scope: Scope, query: Partial<ListJobsQuery> = {}): Promise<number> {
  return countWhere(catalog, matching(scope, query));
}

async function countWhere(catalog: Catalog, condition: SQL | undefined): Promise<number> {
  const [row] = await catalog.db.select({ total: count() }).from(jobs).where(condition);
  return row?.total ?? 0;
}

/** Every status, base model and dataset of the scope with how many jobs have it, most frequent first. */
export async function listFacets(catalog: Catalog, scope: Scope): Promise<ListJobsResponse['facets']> {
  const facet = async (column: typeof jobs.status | typeof jobs.baseModel | typeof jobs.dataset) => {
    const rows = await catalog.db
      .select({ value: column, count: count() })
      .from(jobs)
      .where(and(eq(jobs.scopeId, scope.id), sql`${column} IS NOT NULL`))
      .groupBy(column)
      .orderBy(desc(count()), asc(column));
    return rows.flatMap(({ value, count }) => (value === null ? [] : [{ value, count }]));
  };
  return {
    jobStatus: await facet(jobs.status),
    baseModel: await facet(jobs.baseModel),
    dataset: await facet(jobs.dataset),
  };
}

/** What a list is sorted by: the expression, its value in a row as a cursor carries it, and how it comes back as SQL. */
interface SortExpression {
  expression: SQL;
  valueOf(row: SelectedJob): string | number;
  toSql(value: string | number): SQL;
  /** The value of a live job grows with the clock. */
  moves?: true;
}

const asText = (value: string | number) => sql`${String(value)}::text`;
const asNumber = (value: string | number) => sql`${Number(value) || 0}::double precision`;

const SORT: Record<SortKey, (now: Date) => SortExpression> = {
  creationTime: () => ({
    expression: sql`${jobs.createdAt}`,
    valueOf: ({ job }) => job.createdAt.getTime(),
    toSql: (value) => sql`to_timestamp(${Number(value) || 0}::double precision / 1000)::timestamptz(3)`,
  }),
  name: () => ({
    expression: sql`lower(${jobs.name})`,
    valueOf: ({ job }) => job.name.toLowerCase(),
    toSql: asText,
  }),
  status: () => ({ expression: sql`${jobs.status}`, valueOf: ({ job }) => job.status, toSql: asText }),
  baseModel: () => ({
    expression: sql`coalesce(${jobs.baseModel}, '')`,
    valueOf: ({ job }) => job.baseModel ?? '',
    toSql: asText,
  }),
  tokens: () => ({
    expression: sql`${totalTokens}::double precision`,
    valueOf: ({ job: { tokensTrain, tokensPrefill, tokensSample } }) =>
      tokensTrain === null && tokensPrefill === null && tokensSample === null
        ? -1
        : (tokensTrain ?? 0) + (tokensPrefill ?? 0) + (tokensSample ?? 0),
    toSql: asNumber,
  }),
  duration: (now) => ({
    expression: sql`round(extract(epoch FROM (coalesce(${jobs.endedAt}, ${now.toISOString()}::timestamptz) - ${jobs.createdAt})) * 1000)::double precision`,
    valueOf: ({ job }) => (job.endedAt ?? now).getTime() - job.createdAt.getTime(),
    toSql: asNumber,
    moves: true,
  }),
};

const beyond = (key: SortExpression, cursor: Pick<Cursor, 'value' | 'id'>, ascending: boolean) =>
  ascending
    ? sql`(${key.expression}, ${jobs.id}) > (${key.toSql(cursor.value)}, ${cursor.id}::bigint)`
    : sql`(${key.expression}, ${jobs.id}) < (${key.toSql(cursor.value)}, ${cursor.id}::bigint)`;

function matching(scope: Scope, query: Partial<ListJobsQuery>): SQL | undefined {
  return and(
    eq(jobs.scopeId, scope.id),
    query.category && eq(jobs.category, query.category),
    query.status ? ofStatuses(query.status) : undefined,
    // Every word must occur, in any order and any of the fields. Both sides are in lower case: ILIKE would fold each row.
    ...words(query.q).map((word) => like(jobs.search, `%${escapeLike(word)}%`)),
    query.baseModel ? eq(jobs.baseModel, query.baseModel) : undefined,
    query.dataset ? eq(jobs.dataset, query.dataset) : undefined,
    query.since ? gte(jobs.createdAt, new Date(query.since)) : undefined,
    query.until ? lte(jobs.createdAt, new Date(query.until)) : undefined,
  );
}

const words = (q: string | undefined) => (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);

const escapeLike = (word: string) => word.replace(/[\\%_]/g, (letter) => `\\${letter}`);

const isGroup = (word: string): word is StatusGroup => (STATUS_GROUPS as readonly string[]).includes(word);

/** `failed,running,Completed`: groups of the filter and words of AWS may stand side by side. */
function ofStatuses(text: string): SQL | undefined {
  const asked = text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
  const statuses = asked.flatMap((word) => (isGroup(word) ? statusesOfGroup(word) : [word]));
  return or(
    statuses.length > 0 ? inArray(jobs.status, statuses) : undefined,
    asked.includes('unknown') ? notInArray(jobs.status, KNOWN_JOB_STATUSES) : undefined,
    // `status=,` names nothing: nothing matches, instead of everything.
    sql`false`,
  );
}
