import { describe, expect, it } from 'vitest';
import { diffRequests } from './diff-requests';
import { makeRequest } from './test-data';

const request = makeRequest();
const withDocument = (document: unknown) => ({
  ...request,
  JobConfigDocument: typeof document === 'string' ? document : JSON.stringify(document),
});
const diff = (before: unknown, after: unknown) => diffRequests(withDocument(before), withDocument(after));

describe('diffRequests', () => {
  it('finds nothing between equal requests, whatever the order of keys', () => {
    expect(diff({ a: 1, b: [1, { c: 2 }] }, '{"b":[1,{"c":2.0}],"a":1}')).toEqual([]);
  });

  it('names the smallest thing that differs, arrays by index', () => {
    expect(diff({ a: { list: [1, { k: 'x' }] }, gone: null }, { a: { list: [1, { k: 'y' }, 3] } })).toEqual([
      { path: 'JobConfigDocument.a.list.1.k', kind: 'changed', before: 'x', after: 'y' },
      { path: 'JobConfigDocument.a.list.2', kind: 'added', after: 3 },
      { path: 'JobConfigDocument.gone', kind: 'removed', before: null },
    ]);
  });

  it('quotes keys that are not plain words', () => {
    expect(diff({ 'a.b': 1 }, { 'a.b': 2 })[0]?.path).toBe('JobConfigDocument["a.b"]');
  });

  it('tells an array from an object, and null from absence', () => {
    expect(diff({ a: [] }, { a: {} })).toHaveLength(1);
    expect(diff({ a: null }, { a: {} })).toEqual([
      { path: 'JobConfigDocument.a', kind: 'changed', before: null, after: {} },
    ]);
  });

  it('compares what is not JSON as text', () => {
    expect(diff('{broken', { a: 1 })).toEqual([
      { path: 'JobConfigDocument', kind: 'changed', before: '{broken', after: { a: 1 } },
    ]);
  });
});
