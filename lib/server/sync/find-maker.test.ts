import { describe, expect, it } from 'vitest';
import type { PackageFinding } from '../catalog/packages-writes';
import type { StoredClues } from '../catalog/sync-reads';
import { createBackoff } from './backoff';
import { createErrorBook } from './error-book';
import { improve, toCarriers, toClues } from './find-maker';

const stored = (more: Partial<StoredClues> = {}): StoredClues => ({
  version: 1,
  createdAt: new Date(0),
  evidence: 'none',
  stepEvidence: 'none',
  ...more,
});

describe('improve', () => {
  it.each<[string, Partial<StoredClues>, PackageFinding, PackageFinding | undefined]>([
    ['nothing new changes nothing', {}, {}, undefined],
    ['a maker is found', {}, { jobId: 1, evidence: 'path' }, { jobId: 1, evidence: 'path' }],
    [
      'stronger evidence replaces weaker, whoever it names',
      { jobId: 1, evidence: 'path' },
      { jobId: 2, evidence: 'package', evidenceDetail: 'tag' },
      { jobId: 2, evidence: 'package', evidenceDetail: 'tag' },
    ],
    [
      'weaker evidence does not replace stronger',
      { jobId: 1, evidence: 'job', evidenceDetail: 'named' },
      { jobId: 2, evidence: 'time' },
      undefined,
    ],
    ['no evidence takes nothing back', { jobId: 1, evidence: 'path' }, {}, undefined],
    ['but what only the clock said is taken back', { jobId: 1, evidence: 'time' }, {}, {}],
    [
      'a step is learned without losing the maker',
      { jobId: 1, evidence: 'job', evidenceDetail: 'named' },
      { step: 4, stepEvidence: 'package' },
      { jobId: 1, evidence: 'job', evidenceDetail: 'named', step: 4, stepEvidence: 'package' },
    ],
    [
      'a counted step stays while its maker does',
      { jobId: 1, evidence: 'time', step: 4, stepEvidence: 'counted' },
      { jobId: 1, evidence: 'path' },
      { jobId: 1, evidence: 'path', step: 4, stepEvidence: 'counted' },
    ],
    [
      'and goes with it',
      { jobId: 1, evidence: 'time', step: 4, stepEvidence: 'counted' },
      { jobId: 2, evidence: 'path' },
      { jobId: 2, evidence: 'path' },
    ],
    [
      'a step that is said replaces a counted one',
      { jobId: 1, evidence: 'path', step: 4, stepEvidence: 'counted' },
      { jobId: 1, evidence: 'path', step: 5, stepEvidence: 'path' },
      { jobId: 1, evidence: 'path', step: 5, stepEvidence: 'path' },
    ],
  ])('%s', (_, before, found, after) => {
    const improved = improve(stored(before), found);
    if (after === undefined) expect(improved).toBeUndefined();
    else expect(improved).toEqual(after);
  });
});

describe('carriers', () => {
  it('keep what a package says of its job, and give it back as clues', () => {
    const carriers = toCarriers({
      generatedBy: 'arn:job',
      customerMetadata: { step: '4' },
      tags: [{ key: 'team', value: 'x' }],
    });
    const scope = { id: 1, account: '123456789012', partition: 'aws', region: 'us-west-2' };
    expect(toClues(scope, 'mpg', { version: 7, createdAt: new Date(5), carriers })).toEqual({
      packageArn: 'arn:aws:sagemaker:us-west-2:123456789012:model-package/mpg/7',
      group: 'mpg',
      createdMs: 5,
      s3Uri: undefined,
      generatedBy: 'arn:job',
      metadata: { step: '4' },
      tags: [{ key: 'team', value: 'x' }],
    });
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`key${i}`, 'v']));
    expect(Object.keys(toCarriers({ customerMetadata: many }))).toHaveLength(20);
  });
});

describe('createBackoff', () => {
  it('doubles up to its longest, shorter for what passes, and forgets on success', () => {
    let now = 0;
    const backoff = createBackoff(
      () => now,
      () => 0,
    );
    const waits = (kind: 'passing' | 'lasting') =>
      Array.from({ length: 8 }, () => {
        backoff.failed('key', kind);
        const from = now;
        while (!backoff.ready('key')) now += 500;
        return (now - from) / 1000;
      });
    expect(waits('lasting')).toEqual([5, 10, 20, 40, 80, 160, 300, 300]);
    backoff.succeeded('key');
    expect(waits('passing')).toEqual([5, 10, 20, 30, 30, 30, 30, 30]);
    expect(backoff.ready('another')).toBe(true);
  });
});

describe('createErrorBook', () => {
  it('keeps since when something fails, and tells when the failure is another one', async () => {
    const { AppError } = await import('@/lib/contract/app-error');
    let now = 0;
    const book = createErrorBook(() => now);
    expect(book.record('group a', new AppError('throttled', 'Slow.'))).toBe(true);
    now = 60_000;
    expect(book.record('group a', new AppError('throttled', 'Slow.'))).toBe(false);
    expect(book.record('group a', new AppError('access_denied', 'No.', { hint: 'Allow it.' }))).toBe(true);
    expect(book.list()).toEqual([
      {
        code: 'access_denied',
        message: 'No.',
        hint: 'Allow it.',
        scope: 'group a',
        since: '1970-01-01T00:00:00.000Z',
        lastAt: '1970-01-01T00:01:00.000Z',
      },
    ]);
    expect(book.clear('group a')).toBe(true);
    expect(book.clear('group a')).toBe(false);
  });
});
