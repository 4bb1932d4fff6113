import { describe, expect, it } from 'vitest';
import { compareValues, parseFilter, parseOrder, satisfies } from './search-filter';

describe('search filters', () => {
  it.each([
    ["attributes.run_name = 'x'", [{ kind: 'attribute', key: 'run_name', comparator: '=', value: 'x' }]],
    ["run_id = 'x'", [{ kind: 'attribute', key: 'run_id', comparator: '=', value: 'x' }]],
    ["tags.mlflow.runName = 'a b'", [{ kind: 'tag', key: 'mlflow.runName', comparator: '=', value: 'a b' }]],
    [
      'metrics."rollout/reward/mean" > 0.5',
      [{ kind: 'metric', key: 'rollout/reward/mean', comparator: '>', value: 0.5 }],
    ],
    ['metrics.`a/b` <= -1e-3', [{ kind: 'metric', key: 'a/b', comparator: '<=', value: -0.001 }]],
    [
      'status NOT  IN (\'OK\', "ERROR")',
      [{ kind: 'attribute', key: 'status', comparator: 'NOT IN', value: ['OK', 'ERROR'] }],
    ],
    [
      "metadata.mtrl.step = '3' AND tags.x != 'it\\'s' and name ILIKE 'Roll%'",
      [
        { kind: 'metadata', key: 'mtrl.step', comparator: '=', value: '3' },
        { kind: 'tag', key: 'x', comparator: '!=', value: "it's" },
        { kind: 'attribute', key: 'name', comparator: 'ILIKE', value: 'Roll%' },
      ],
    ],
    ['', []],
  ])('reads %s', (text, clauses) => {
    expect(parseFilter(text)).toEqual(clauses);
  });

  it.each([
    'run_name =',
    "run_name = 'x' OR run_name = 'y'",
    "x ~ 'y'",
    "name IN 'a'",
    "name = ('a')",
    "nouns.x = '1'",
  ])('refuses %s', (text) => {
    expect(() => parseFilter(text)).toThrow();
  });

  it('compares numbers as numbers, texts as texts, and nothing with what is not there', () => {
    const [number] = parseFilter('metrics.a > 9');
    const [like] = parseFilter("name LIKE 'a_c%'");
    if (!number || !like) throw new Error('no clause');
    expect(satisfies(10, number)).toBe(true);
    expect(satisfies(8, number)).toBe(false);
    expect(satisfies(undefined, number)).toBe(false);
    expect(satisfies('abcd', like)).toBe(true);
    expect(satisfies('a.cd', like)).toBe(true);
    expect(satisfies('ABCD', like)).toBe(false);
  });

  it('orders with what is missing last, in either direction', () => {
    expect(parseOrder(['metrics."a/b" DESC', 'start_time'])).toEqual([
      { kind: 'metric', key: 'a/b', descending: true },
      { kind: 'attribute', key: 'start_time', descending: false },
    ]);
    expect(() => parseOrder(['start_time; drop'])).toThrow();
    const values = [2, undefined, 3];
    expect([...values].sort((a, b) => compareValues(a, b, true))).toEqual([3, 2, undefined]);
    expect([...values].sort((a, b) => compareValues(a, b, false))).toEqual([2, 3, undefined]);
  });
});
