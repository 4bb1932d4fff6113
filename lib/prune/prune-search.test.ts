import { describe, expect, it } from 'vitest';
import { formatPruneSearch, parsePruneSearch } from './prune-search';

describe('the words of the prune page', () => {
  it('leaves out what is the default, in one order', () => {
    const { search, ignored } = parsePruneSearch({ kind: 'resumable', best: '3', nth: '10', last: '1', noted: '0' });
    expect(formatPruneSearch(search)).toBe('nth=10&noted=0&kind=resumable');
    expect(ignored).toEqual([]);
  });

  it('tells what it cannot understand, and goes on without it', () => {
    const { search, ignored } = parsePruneSearch({ best: '-1', status: 'failed,running', nth: ['5', '6'] });
    expect(formatPruneSearch(search)).toBe('nth=5');
    expect(ignored.map(({ field }) => field)).toEqual(['best', 'status']);
  });

  it('reads back what it wrote', () => {
    const text = 'best=0&by=reward&group=a-b&job=j&lineage=l&status=failed%2Cstopped&days=30&show=kept&why=input';
    const { search } = parsePruneSearch(Object.fromEntries(new URLSearchParams(text)));
    expect(formatPruneSearch(search)).toBe(text);
  });
});
