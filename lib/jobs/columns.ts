import type { SortKey } from '../contract/jobs';

export interface JobColumn {
  id:
    | 'name'
    | 'status'
    | 'progress'
    | 'reward'
    | 'baseModel'
    | 'dataset'
    | 'started'
    | 'duration'
    | 'tokens'
    | 'checkpoints';
  label: string;
  /** Present when the server can sort by it; then also the order a first click gives. */
  sort?: { key: SortKey; firstOrder: 'asc' | 'desc' };
  /** Numbers stand at the right, under one another. */
  numeric?: true;
}

/** The columns of the jobs list, left to right. Widths and what is drawn in them belong to the table. */
export const JOB_COLUMNS: readonly JobColumn[] = [
  { id: 'name', label: 'Name', sort: { key: 'name', firstOrder: 'asc' } },
  { id: 'status', label: 'Status', sort: { key: 'status', firstOrder: 'asc' } },
  { id: 'progress', label: 'Progress' },
  { id: 'reward', label: 'Reward, best' },
  { id: 'baseModel', label: 'Base model', sort: { key: 'baseModel', firstOrder: 'asc' } },
  { id: 'dataset', label: 'Dataset' },
  { id: 'started', label: 'Started', sort: { key: 'creationTime', firstOrder: 'desc' }, numeric: true },
  { id: 'duration', label: 'Duration', sort: { key: 'duration', firstOrder: 'desc' }, numeric: true },
  { id: 'tokens', label: 'Tokens', sort: { key: 'tokens', firstOrder: 'desc' }, numeric: true },
  { id: 'checkpoints', label: 'Checkpoints', numeric: true },
];

export type JobColumnId = JobColumn['id'];

/** A row without its name would be nobody's. */
export const FIXED_COLUMN: JobColumnId = 'name';

/**
 * Reads the word `columns` of the address: names joined by commas. `shown` is undefined when it says nothing that is known, and
 * then all are shown. The order is always the table's own.
 */
export function parseColumns(word: string | null | undefined): { shown?: ReadonlySet<JobColumnId>; unknown: string[] } {
  const names = (word ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const known = JOB_COLUMNS.map(({ id }) => id).filter((id) => id === FIXED_COLUMN || names.includes(id));
  const unknown = names.filter((name) => !JOB_COLUMNS.some(({ id }) => id === name));
  if (names.length === unknown.length || known.length === JOB_COLUMNS.length) return { unknown };
  return { shown: new Set(known), unknown };
}

/** The word for the columns shown; undefined when they are all. */
export function formatColumns(shown: ReadonlySet<JobColumnId> | undefined): string | undefined {
  if (!shown) return undefined;
  const ids = JOB_COLUMNS.map(({ id }) => id).filter((id) => id === FIXED_COLUMN || shown.has(id));
  return ids.length === JOB_COLUMNS.length ? undefined : ids.join(',');
}

interface Sorting {
  sort: SortKey;
  order: 'asc' | 'desc';
}

/** The sorting after a click on a column's header: its first order, or the other one when it was sorted by it. */
export function nextSorting(current: Sorting, column: JobColumn): Sorting | undefined {
  if (!column.sort) return undefined;
  const { key, firstOrder } = column.sort;
  if (current.sort !== key) return { sort: key, order: firstOrder };
  return { sort: key, order: current.order === 'asc' ? 'desc' : 'asc' };
}

/** The value of `aria-sort` for a column's header; undefined for a column that cannot be sorted. */
export function ariaSort(current: Sorting, column: JobColumn): 'ascending' | 'descending' | 'none' | undefined {
  if (!column.sort) return undefined;
  if (current.sort !== column.sort.key) return 'none';
  return current.order === 'asc' ? 'ascending' : 'descending';
}
