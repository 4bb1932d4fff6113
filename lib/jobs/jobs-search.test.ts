import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listJobsQuerySchema } from '../contract/jobs';
import {
  formatJobsSearch,
  hasFilters,
  parseJobsSearch,
  parseStatusWords,
  SEARCH_FIELDS,
  toggleStatusGroup,
} from './jobs-search';

const parseText = (text: string) => {
  const words: Record<string, string[]> = {};
  for (const [key, value] of new URLSearchParams(text)) words[key] = [...(words[key] ?? []), value];
  return parseJobsSearch(words);
};

describe('parseJobsSearch', () => {
  it('gives the newest jobs first when nothing is asked', () => {
    expect(parseJobsSearch({})).toEqual({ search: { sort: 'creationTime', order: 'desc' }, ignored: [] });
  });

  it('reads every word the API knows', () => {
    const text =
      'category=AgentRFT&status=failed%2Crunning&q=support&baseModel=qwen3&dataset=s3%3A%2F%2Fb%2Fk&since=2026-06-01T00%3A00%3A00Z&until=2026-06-03T00%3A00%3A00%2B02%3A00&sort=tokens&order=asc&cursor=abc';
    expect(parseText(text)).toEqual({
      search: {
        category: 'AgentRFT',
        status: 'failed,running',
        q: 'support',
        baseModel: 'qwen3',
        dataset: 's3://b/k',
        since: '2026-06-01T00:00:00Z',
        until: '2026-06-03T00:00:00+02:00',
        sort: 'tokens',
        order: 'asc',
        cursor: 'abc',
      },
      ignored: [],
    });
  });

  it('leaves out what it cannot understand and says so', () => {
    const { search, ignored } = parseText('category=Nope&sort=color&order=up&since=yesterday&q=kept');
    expect(search).toEqual({ q: 'kept', sort: 'creationTime', order: 'desc' });
    expect(ignored).toEqual([
      { field: 'category', value: 'Nope', reason: 'must be one of AgentRFT, AgentRFTEvaluation' },
      { field: 'since', value: 'yesterday', reason: 'must be a time such as 2026-06-03T12:00:00Z' },
      {
        field: 'sort',
        value: 'color',
        reason: 'must be one of creationTime, name, status, duration, tokens, baseModel',
      },
      { field: 'order', value: 'up', reason: 'must be asc or desc' },
    ]);
  });

  it('cuts an endless value before it is shown', () => {
    const { ignored } = parseJobsSearch({ q: 'x'.repeat(1_000_000) });
    expect(ignored).toHaveLength(1);
    expect(ignored[0]?.value).toHaveLength(81);
  });

  it('takes the first of a word that is given twice', () => {
    expect(parseText('status=failed&status=running&q=a&q=b').search).toMatchObject({
      status: 'failed',
      q: 'a',
    });
  });

  it('never fails, whatever the query string holds', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...SEARCH_FIELDS), fc.oneof(fc.string(), fc.string({ unit: 'binary' }))),
        (words) => {
          const { search } = parseJobsSearch(words);
          expect(listJobsQuerySchema.safeParse(search).success).toBe(true);
        },
      ),
    );
  });
});

describe('formatJobsSearch', () => {
  it('writes nothing for the defaults and the same text for the same search', () => {
    expect(formatJobsSearch(parseJobsSearch({}).search)).toBe('');
    const one = parseText('q=a&status=stopped,failed&order=desc').search;
    const two = parseText('status=failed,stopped,failed&q=a').search;
    expect(formatJobsSearch(one)).toBe('status=failed%2Cstopped&q=a');
    expect(formatJobsSearch(two)).toBe(formatJobsSearch(one));
  });

  it('does not write a status filter that names nothing', () => {
    expect(formatJobsSearch(parseText('status=%2C%20%2C').search)).toBe('');
  });

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...SEARCH_FIELDS), fc.oneof(fc.string(), fc.string({ unit: 'binary' }))),
        (words) => {
          const text = formatJobsSearch(parseJobsSearch(words).search);
          expect(formatJobsSearch(parseText(text).search)).toBe(text);
        },
      ),
    );
  });
});

describe('the status filter', () => {
  it('keeps raw AWS words beside groups, each once', () => {
    expect(parseStatusWords(' Hibernating,failed,,failed,running ')).toEqual(['running', 'failed', 'Hibernating']);
    expect(parseStatusWords(undefined)).toEqual([]);
  });

  it('switches a group on and off and touches nothing else', () => {
    expect(toggleStatusGroup(undefined, 'failed')).toBe('failed');
    expect(toggleStatusGroup('failed,Hibernating', 'running')).toBe('running,failed,Hibernating');
    expect(toggleStatusGroup('running,failed', 'failed')).toBe('running');
    expect(toggleStatusGroup('failed', 'failed')).toBe('');
  });
});

describe('hasFilters', () => {
  it('does not count order and page', () => {
    expect(hasFilters(parseText('sort=name&order=asc&cursor=x').search)).toBe(false);
    expect(hasFilters(parseText('q=x').search)).toBe(true);
  });
});
