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
