import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attribute, type PackageClues } from './attribute';
import { buildMakerIndex, type Maker } from './maker-index';

const MIN = 60_000;
const ARN = 'arn:aws:sagemaker:us-west-2:123456789012:';
let nextId = 1;

function maker(jobName: string, more: Partial<Maker> = {}): Maker {
  return {
    id: nextId++,
    ref: { jobCategory: 'AgentRFT', jobName },
    jobArn: `${ARN}job/AgentRFT/${jobName}`,
    createdMs: 0,
    endedMs: 100 * MIN,
    described: true,
    outputGroup: 'mpg',
    intermediateGroup: 'checkpoint-mpg',
    outputPath: 's3://out/team',
    named: [],
    ...more,
  };
}

function clues(more: Partial<PackageClues> = {}): PackageClues {
  return { packageArn: `${ARN}model-package/mpg/1`, group: 'mpg', createdMs: 50 * MIN, ...more };
}

const found = (of: PackageClues, ...makers: Maker[]) => {
  const answer = attribute(of, buildMakerIndex(makers));
  return answer && [answer.maker.ref.jobName, answer.by];
};

describe('attribute', () => {
  // Two jobs of one group at the same time, so that nothing follows from the clock.
  const both = () => [maker('job-1'), maker('job-10')] as const;

  it.each<[string, Partial<PackageClues>, [string, string] | undefined]>([
    ['a whole folder of the path', { s3Uri: 's3://out/team/job-1/step-000004/' }, ['job-1', 'path']],
    ['a longer name is another job', { s3Uri: 's3://out/team/job-10/step-000004/' }, ['job-10', 'path']],
    ['the bucket is no folder', { s3Uri: 's3://job-1/team/x/' }, undefined],
    ['part of a folder is nothing', { s3Uri: 's3://out/team/my-job-1/x' }, undefined],
    ['two jobs in one path are nobody', { s3Uri: 's3://out/job-1/job-10/x' }, undefined],
    ['GeneratedBy with the ARN', { generatedBy: `${ARN}job/AgentRFT/job-1` }, ['job-1', 'package']],
    ['GeneratedBy with the name', { generatedBy: 'job-10' }, ['job-10', 'package']],
    ['metadata with the ARN', { metadata: { origin: `${ARN}job/AgentRFT/job-10` } }, ['job-10', 'package']],
    ['metadata with the name under a key about jobs', { metadata: { 'job-name': 'job-1' } }, ['job-1', 'package']],
    ['metadata with the name under any other key', { metadata: { project: 'job-1' } }, undefined],
    ['metadata about the parent', { metadata: { parentJobArn: `${ARN}job/AgentRFT/job-1` } }, undefined],
    ['a tag', { tags: [{ key: 'sagemaker:job-arn', value: `${ARN}job/AgentRFT/job-1` }] }, ['job-1', 'package']],
    ['no evidence', {}, undefined],
  ])('%s', (_, more, expected) => {
    expect(found(clues(more), ...both())).toEqual(expected);
  });

  it('believes the job before the package, and the package before the path', () => {
    const of = clues({ generatedBy: 'job-10', s3Uri: 's3://out/team/job-10/x' });
    const naming = maker('job-1', { named: [{ packageArn: of.packageArn, key: 'ModelCheckpoint' }] });
    expect(found(of, naming, maker('job-10'))).toEqual(['job-1', 'job']);
    expect(found({ ...of, generatedBy: 'job-1' }, ...both())).toEqual(['job-1', 'package']);
  });

  it('does not fall back to weaker evidence when the stronger one is torn', () => {
    const of = clues({ metadata: { jobA: 'job-1', jobB: 'job-10' }, s3Uri: 's3://out/team/job-1/x' });
    expect(found(of, ...both())).toBeUndefined();
  });

  it('lets nobody make what is older than itself, whoever names it', () => {
    const of = clues({ s3Uri: 's3://out/team/parent/x' });
    const parent = maker('parent', { endedMs: 60 * MIN });
    const child = maker('child', {
      createdMs: 70 * MIN,
      named: [{ packageArn: of.packageArn, key: 'ResumableCheckpoint' }],
    });
    expect(found(of, parent, child)).toEqual(['parent', 'path']);
    expect(found(clues({ s3Uri: 's3://out/team/child/x' }), child)).toBeUndefined();
  });

  it('does not take the output path a job was given for a sign of it: a resumed job has the same', () => {
    const outputPath = 's3://out/run/';
    const parent = maker('run', { outputPath });
    const child = maker('run-r2-s41', { outputPath, createdMs: 30 * MIN });
    expect(found(clues({ s3Uri: 's3://out/run/run-r2-s41/step-000042/' }), parent, child)).toEqual([
      'run-r2-s41',
      'path',
    ]);
    expect(found(clues({ s3Uri: 's3://out/run/run/step-000009/' }), parent, child)).toEqual(['run', 'path']);
    expect(found(clues({ s3Uri: 's3://out/run/step-000042/' }), parent, child)).toBeUndefined();
  });

  it('takes a path only for a job that uses the group', () => {
    const of = clues({ s3Uri: 's3://out/team/output/x' });
    expect(found(of, maker('output', { outputGroup: 'other', intermediateGroup: undefined }))).toBeUndefined();
    expect(found(of, maker('output', { described: false, outputGroup: undefined, intermediateGroup: undefined }))).toBe(
      undefined,
    );
    expect(found(of, maker('output', { outputGroup: undefined, intermediateGroup: undefined }))).toEqual([
      'output',
      'path',
    ]);
    expect(found(of, maker('output', { outputGroup: 'MPG' }))).toEqual(['output', 'path']);
  });

  describe('by time', () => {
    const alone = maker('alone');

    it('takes the only job of the group that ran then', () => {
      expect(found(clues(), alone)).toEqual(['alone', 'time']);
      expect(found(clues(), alone, maker('elsewhere', { outputGroup: 'other', intermediateGroup: 'third' }))).toEqual([
        'alone',
        'time',
      ]);
    });

    it('allows a late promotion and no more', () => {
      expect(found(clues({ createdMs: 115 * MIN }), alone)).toEqual(['alone', 'time']);
      expect(found(clues({ createdMs: 116 * MIN }), alone)).toBeUndefined();
      expect(found(clues({ createdMs: 900 * MIN }), maker('running', { endedMs: undefined }))).toEqual([
        'running',
        'time',
      ]);
    });

    it('is silent when a second job of the group, or one whose groups are not known, ran then', () => {
      expect(found(clues(), alone, maker('second', { createdMs: 49 * MIN }))).toBeUndefined();
      const unread = { described: false, outputGroup: undefined, intermediateGroup: undefined };
      expect(found(clues(), alone, maker('unread', unread))).toBeUndefined();
      expect(found(clues(), alone, maker('broken', { ...unread, described: true }))).toBeUndefined();
    });

    it('does not take a package that lies outside the job’s output path', () => {
      expect(found(clues({ s3Uri: 's3://scratch/imports/x' }), alone)).toBeUndefined();
      expect(found(clues({ s3Uri: 's3://out/team-b/x' }), alone)).toBeUndefined();
      expect(found(clues({ s3Uri: 's3://out/team/x' }), alone)).toEqual(['alone', 'time']);
      expect(found(clues({ s3Uri: 's3://any/x' }), maker('m', { outputPath: undefined }))).toEqual(['m', 'time']);
    });
  });

  describe('whatever it is given', () => {
    const names = fc.constantFrom('job-1', 'job-10', 'job', '1', 'output');
    const arbMaker = fc
      .record({
        name: names,
        createdMs: fc.integer({ min: 0, max: 100 }).map((n) => n * MIN),
        lengthMs: fc.option(
          fc.integer({ min: 0, max: 100 }).map((n) => n * MIN),
          { nil: undefined },
        ),
        described: fc.boolean(),
        group: fc.constantFrom('mpg', 'other', undefined),
      })
      .map(({ name, createdMs, lengthMs, described, group }) =>
        maker(name, {
          createdMs,
          endedMs: lengthMs === undefined ? undefined : createdMs + lengthMs,
          described,
          outputGroup: described ? group : undefined,
          intermediateGroup: undefined,
        }),
      );
    const arbMakers = fc.uniqueArray(arbMaker, { selector: ({ ref }) => ref.jobName, maxLength: 5 });
    const arbClues = fc
      .record({
        createdMs: fc.integer({ min: 0, max: 200 }).map((n) => n * MIN),
        path: fc.option(fc.array(names, { maxLength: 3 }), { nil: undefined }),
        generatedBy: fc.option(names, { nil: undefined }),
      })
      .map(({ createdMs, path, generatedBy }) =>
        clues({ createdMs, generatedBy, s3Uri: path && `s3://out/team/${path.join('/')}/` }),
      );

    it('the order of the jobs changes nothing', () => {
      fc.assert(
        fc.property(arbMakers, arbClues, (makers, of) => {
          expect(found(of, ...makers)).toEqual(found(of, ...makers.toReversed()));
        }),
      );
    });

    it('a path names only jobs whose whole name is a folder, and no job is younger than what it made', () => {
      fc.assert(
        fc.property(arbMakers, arbClues, (makers, of) => {
          const answer = attribute(of, buildMakerIndex(makers));
          if (!answer) return;
          expect(answer.maker.createdMs).toBeLessThanOrEqual(of.createdMs + MIN);
          if (answer.by === 'path') expect(of.s3Uri?.split('/')).toContain(answer.maker.ref.jobName);
        }),
      );
    });

    it('one more job that ran then never turns nobody into somebody by time', () => {
      fc.assert(
        fc.property(arbMakers, arbMaker, arbClues, (makers, another, of) => {
          const rest = makers.filter(({ ref }) => ref.jobName !== another.ref.jobName);
          const before = attribute(of, buildMakerIndex(rest));
          const after = attribute(of, buildMakerIndex([...rest, another]));
          if (!before && after?.by === 'time') expect(after.maker.id).toBe(another.id);
        }),
      );
    });
  });
});
