import { describe, expect, it } from 'vitest';
import { SORT_KEYS } from '../contract/jobs';
import { ariaSort, JOB_COLUMNS, type JobColumn, nextSorting } from './columns';

const column = (id: JobColumn['id']): JobColumn => {
  const found = JOB_COLUMNS.find((each) => each.id === id);
  if (!found) throw new Error(`no column ${id}`);
  return found;
};

describe('JOB_COLUMNS', () => {
  it('offers every order the server knows, each once', () => {
    const keys = JOB_COLUMNS.flatMap(({ sort }) => (sort ? [sort.key] : []));
    expect([...keys].sort()).toEqual([...SORT_KEYS].sort());
  });
});

describe('nextSorting', () => {
  it('starts with the order that suits the column, then turns it around', () => {
    expect(nextSorting({ sort: 'name', order: 'asc' }, column('tokens'))).toEqual({ sort: 'tokens', order: 'desc' });
    expect(nextSorting({ sort: 'tokens', order: 'desc' }, column('tokens'))).toEqual({ sort: 'tokens', order: 'asc' });
    expect(nextSorting({ sort: 'tokens', order: 'desc' }, column('name'))).toEqual({ sort: 'name', order: 'asc' });
  });

  it('does nothing for a column that has no order', () => {
    expect(nextSorting({ sort: 'name', order: 'asc' }, column('progress'))).toBeUndefined();
  });
});

describe('ariaSort', () => {
  it('says which column is sorted, and how', () => {
    const sorting = { sort: 'creationTime', order: 'desc' } as const;
    expect(ariaSort(sorting, column('started'))).toBe('descending');
    expect(ariaSort(sorting, column('name'))).toBe('none');
    expect(ariaSort(sorting, column('dataset'))).toBeUndefined();
  });
});
