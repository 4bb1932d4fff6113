import { describe, expect, it } from 'vitest';
import { formatColumns, JOB_COLUMNS, parseColumns } from './columns';
import { formatJobsView, tidyJobsView } from './jobs-view';

describe('the columns of the jobs list', () => {
  it('are all of them when the address says nothing, or nothing that is known', () => {
    expect(parseColumns(undefined)).toEqual({ unknown: [] });
    expect(parseColumns(' , ')).toEqual({ unknown: [] });
    expect(parseColumns('price,owner')).toEqual({ unknown: ['price', 'owner'] });
  });

  it('are those named, with the name of the job always among them and in the order of the table', () => {
    const { shown, unknown } = parseColumns('tokens, status,price');
    expect([...(shown ?? [])]).toEqual(['name', 'status', 'tokens']);
    expect(unknown).toEqual(['price']);
    expect(formatColumns(shown)).toBe('name,status,tokens');
  });

  it('need no word when they are all', () => {
    const all = JOB_COLUMNS.map(({ id }) => id);
    expect(parseColumns(all.join(',')).shown).toBeUndefined();
    expect(formatColumns(new Set(all))).toBeUndefined();
  });
});

describe('a view of the jobs list', () => {
  it('is its filters, sorting and columns, and not its page', () => {
    expect(formatJobsView({ status: 'failed', sort: 'tokens', order: 'asc', cursor: 'abc' }, 'name,tokens')).toBe(
      'status=failed&sort=tokens&order=asc&columns=name%2Ctokens',
    );
  });

  it('has one text, however it was written', () => {
    expect(tidyJobsView('?columns=tokens,name&order=desc&status=failed&page=9&sort=nonsense&cursor=x')).toBe(
      'status=failed&columns=name%2Ctokens',
    );
    expect(tidyJobsView('')).toBe('');
  });
});
