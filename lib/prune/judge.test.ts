import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRUNE_REASON_NAMES, PRUNE_REASONS, type PruneRules, pruneRulesSchema } from '../contract/prune';
import { judge, REASON_BITS, reasonsOf } from './judge';
import {
  COMPLETED,
  FAILED,
  MODEL,
  type PackageFacts,
  packageKey,
  RESUMABLE,
  toColumns,
  UNFINISHED,
} from './package-columns';
import type { JobRewards, PruneFacts, PruneJob } from './prune-facts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const DAY = 86_400_000;
const CHECKPOINTS = 1;
const OUTPUT = 2;
const GROUPS = new Map([
  [CHECKPOINTS, { name: 'ckpt', read: true }],
  [OUTPUT, { name: 'out', read: true }],
]);
/** All reasons that no rule switches off. */
const ALWAYS_BITS = PRUNE_REASON_NAMES.reduce(
  (bits, name) => (PRUNE_REASONS[name].always ? bits | REASON_BITS[name] : bits),
  0,
);

/** Everything that can be switched off is off. */
const NOTHING = pruneRulesSchema.parse({
  best: 0,
  nth: 0,
  last: '0',
  branch: '0',
  evaluated: '0',
  approved: '0',
  noted: '0',
  guessed: '1',
});
const rules = (more: Partial<PruneRules> = {}): PruneRules => ({ ...NOTHING, ...more });

function job(id: number, more: Partial<PruneJob> = {}): PruneJob {
  return {
    id,
    ref: { jobCategory: 'AgentRFT', jobName: `job-${id}` },
    createdMs: NOW - 10 * DAY,
    status: 'Completed',
    live: false,
    deleted: false,
    described: true,
    inputKnown: true,
    root: id,
    ...more,
  };
}

/** The twins of each step of a job: version is the step, and then some. */
function twins(jobId: number, steps: number, from = 0): PackageFacts[] {
  return Array.from({ length: steps }, (_, i) => i + 1).flatMap((step) =>
    [
      { groupId: CHECKPOINTS, kind: RESUMABLE },
      { groupId: OUTPUT, kind: MODEL },
    ].map(({ groupId, kind }) => ({
      groupId,
      kind,
      version: from + step,
      jobId,
      step,
      createdMs: NOW - 10 * DAY + step * 60_000,
      status: COMPLETED,
    })),
  );
}

function facts(packages: PackageFacts[], jobs: PruneJob[], more: Partial<PruneFacts> = {}): PruneFacts {
  return {
    packages: toColumns(packages),
    groups: GROUPS,
    jobs: new Map(jobs.map((each) => [each.id, each])),
    creating: [],
    pinned: [],
    noted: [],
    rewards: new Map(),
    filling: false,
    ...more,
  };
}

/** `R3` is the resumable checkpoint of version 3, `M3` the model one. */
const nameOf = (packages: PackageFacts[], at: number) =>
  `${packages[at]?.kind === RESUMABLE ? 'R' : 'M'}${packages[at]?.version}`;

/** What is kept, and why. */
function kept(packages: PackageFacts[], jobs: PruneJob[], wanted: PruneRules, more: Partial<PruneFacts> = {}) {
  const { why } = judge(facts(packages, jobs, more), wanted, NOW);
  return Object.fromEntries(
    packages.flatMap((_, at) => {
      const bits = why[at] ?? 0;
      return bits === 0 ? [] : [[nameOf(packages, at), reasonsOf(bits)]];
    }),
  );
}

const curve = (values: (number | null)[], whole = true) => ({ steps: values.map((_, i) => i + 1), values, whole });

describe('what no rule gives away', () => {
  it('a completed job that nobody went on from may lose everything', () => {
    expect(kept(twins(1, 3), [job(1)], NOTHING)).toEqual({});
  });

  it('the last resumable checkpoint of a job that failed, was stopped, or says a word nobody knows', () => {
    for (const status of ['Failed', 'Stopped', 'Paused', 'DeleteFailed']) {
      expect(kept(twins(1, 3), [job(1, { status })], NOTHING)).toEqual({ R3: ['resumable'] });
    }
  });

  it('counts only complete packages as a point to resume from', () => {
    const packages = twins(1, 3).map((one) => (one.version === 3 ? { ...one, status: FAILED } : one));
    expect(kept(packages, [job(1, { status: 'Failed' })], NOTHING)).toEqual({ R2: ['resumable'] });
  });

  it('both candidates where steps and times disagree on which is the last', () => {
    const packages = twins(1, 3).map((one) =>
      one.version === 1 && one.kind === RESUMABLE ? { ...one, createdMs: NOW } : one,
    );
    expect(kept(packages, [job(1, { status: 'Failed' })], NOTHING)).toEqual({ R1: ['resumable'], R3: ['resumable'] });
  });

  it('everything of a job that has not ended', () => {
    expect(Object.keys(kept(twins(1, 2), [job(1, { status: 'InProgress', live: true })], NOTHING))).toEqual([
      'R1',
      'M1',
      'R2',
      'M2',
    ]);
  });

  it('what a job started from, in whatever case AWS writes the group, until that job is deleted', () => {
    const child = (deleted: boolean) =>
      job(2, {
        input: { group: 'CKPT', version: 2 },
        deleted,
        ref: { jobCategory: 'AgentRFTEvaluation', jobName: 'e' },
      });
    expect(kept(twins(1, 3), [job(1), child(false)], NOTHING)).toEqual({ R2: ['input'] });
    expect(kept(twins(1, 3), [job(1), child(true)], NOTHING)).toEqual({});
    expect(kept(twins(1, 3), [job(1), child(true)], rules({ branch: '1', evaluated: '1' }))).toEqual({
      R2: ['evaluated', 'branch'],
    });
  });

  it('what is pinned, and what a job is being created from', () => {
    const more = { pinned: [{ group: 'out', version: 1 }], creating: [{ group: 'ckpt', version: 1 }] };
    expect(kept(twins(1, 2), [job(1)], NOTHING, more)).toEqual({ M1: ['pinned'], R1: ['creating'] });
  });

  it('what nobody is known to have made, what is not finished, and what is of no known kind', () => {
    const [one, two] = twins(1, 1);
    if (!one || !two) throw new Error('no twins');
    const packages = [
      { ...one, jobId: undefined },
      { ...two, status: UNFINISHED },
      { ...one, version: 2, kind: 0 },
    ];
    const { why } = judge(facts(packages, [job(1)]), NOTHING, NOW);
    expect(Array.from(why, reasonsOf)).toEqual([['unattributed'], ['unfinished'], ['unread']]);
  });

  it('of what surely is of a job, the last point to resume from, whatever else is guessed to be of it', () => {
    const packages = twins(1, 4).map((one) => (one.version === 4 ? { ...one, guessed: true } : one));
    expect(kept(packages, [job(1, { status: 'Failed' })], NOTHING)).toEqual({ R3: ['resumable'], R4: ['resumable'] });
  });

  it('everything, while anything is unread: the fill, a group, or one job', () => {
    const all = (more: Partial<PruneFacts>, jobs = [job(1)]) =>
      Array.from(judge(facts(twins(1, 1), jobs, more), NOTHING, NOW).why, reasonsOf);
    expect(all({ filling: true })).toEqual([['unread'], ['unread']]);
    expect(all({}, [job(1), job(2, { inputKnown: false })])).toEqual([['unread'], ['unread']]);
    expect(all({ groups: new Map([...GROUPS, [OUTPUT, { name: 'out', read: false }]]) })).toEqual([[], ['unread']]);
  });
});

describe('what the rules keep', () => {
  it('every Nth step, the last of each kind and the output', () => {
    expect(kept(twins(1, 5), [job(1)], rules({ nth: 2 }))).toEqual({
      R2: ['nth'],
      M2: ['nth'],
      R4: ['nth'],
      M4: ['nth'],
    });
    expect(kept(twins(1, 5), [job(1, { output: { group: 'out', version: 3 } })], rules({ last: '1' }))).toEqual({
      M3: ['last'],
      R5: ['last'],
      M5: ['last'],
    });
  });

  it('the best by validation, and by the reward of the rollouts where there is no validation', () => {
    const both: JobRewards = { validation: curve([0.1, 0.9, null, 0.5]), reward: curve([1, 0, 0, 0]) };
    const best = (rewards: JobRewards, more: Partial<PruneRules> = {}) =>
      Object.keys(kept(twins(1, 4), [job(1)], rules({ best: 2, ...more }), { rewards: new Map([[1, rewards]]) }));
    expect(best(both)).toEqual(['R2', 'M2', 'R4', 'M4']);
    expect(best(both, { by: 'reward', best: 1 })).toEqual(['R1', 'M1']);
    expect(best({ reward: curve([0, 0, 3, 1]) }, { best: 1 })).toEqual(['R3', 'M3']);
  });

  it('what is only guessed to be of its job, unless that is asked for', () => {
    const packages = twins(1, 3).map((one) => (one.kind === MODEL ? { ...one, guessed: true } : one));
    const wanted = rules({ guessed: pruneRulesSchema.parse({}).guessed });
    expect(kept(packages, [job(1)], wanted)).toEqual({ M1: ['guessed'], M2: ['guessed'], M3: ['guessed'] });
    expect(kept(packages, [job(1)], rules({ guessed: '1' }))).toEqual({});
    // A clean-up that was written down before there was the rule.
    const { guessed: _, ...before } = rules();
    expect(Object.keys(kept(packages, [job(1)], before as PruneRules))).toEqual(['M1', 'M2', 'M3']);
  });

  it('the best and the last of what surely is of a job: what is guessed takes no place of theirs', () => {
    const packages = twins(1, 4).map((one) => (one.version === 4 ? { ...one, guessed: true } : one));
    const rewards = new Map([[1, { validation: curve([1, 2, 3, 4]) }]]);
    expect(kept(packages, [job(1)], rules({ best: 1, last: '1' }), { rewards })).toEqual({
      R3: ['last', 'best'],
      M3: ['last', 'best'],
      R4: ['last', 'best'],
      M4: ['last', 'best'],
    });
  });

  it('ranks only steps that left a checkpoint, and of equals the later one', () => {
    const rewards = new Map([[1, { validation: { steps: [0, 1, 2, 9], values: [9, 1, 1, 9], whole: true } }]]);
    expect(Object.keys(kept(twins(1, 3), [job(1)], rules({ best: 1 }), { rewards }))).toEqual(['R2', 'M2']);
  });

  it('all of a job whose best cannot be told', () => {
    const unknown = [new Map<number, JobRewards>(), new Map([[1, { validation: curve([1, 2], false) }]])];
    for (const rewards of unknown) {
      expect(kept(twins(1, 1), [job(1)], rules({ best: 1 }), { rewards })).toEqual({
        R1: ['unranked'],
        M1: ['unranked'],
      });
    }
    const packages = twins(1, 1).map((one) => ({ ...one, step: undefined }));
    expect(kept(packages, [job(1)], rules({ nth: 10 }))).toEqual({ R1: ['unranked'], M1: ['unranked'] });
    expect(kept(packages, [job(1)], NOTHING)).toEqual({});
  });
});

describe('narrowing', () => {
  const packages = [...twins(1, 2), ...twins(2, 1, 10), ...twins(3, 1, 20)];
  const jobs = [job(1), job(2, { root: 1, status: 'Failed' }), job(3)];
  const looked = (more: Partial<PruneRules>) =>
    packages.flatMap((_, at) =>
      judge(facts(packages, jobs), rules(more), NOW).looked[at] === 1 ? [nameOf(packages, at)] : [],
    );

  it('to a group, a kind, a job, a lineage, a status, an age', () => {
    expect(looked({ group: 'Out', kind: 'model' })).toEqual(['M1', 'M2', 'M11', 'M21']);
    expect(looked({ group: 'out', kind: 'resumable' })).toEqual([]);
    expect(looked({ job: 'job-3' })).toEqual(['R21', 'M21']);
    expect(looked({ lineage: 'job-2' })).toEqual(['R1', 'M1', 'R2', 'M2', 'R11', 'M11']);
    expect(looked({ lineage: 'job-2', status: 'failed' })).toEqual(['R11', 'M11']);
    expect(looked({ days: 9 })).toHaveLength(8);
    expect(looked({ days: 11 })).toEqual([]);
  });

  it('to something that is not there leaves nothing, and not everything', () => {
    expect(looked({ lineage: 'nobody' })).toEqual([]);
    expect(looked({ job: 'nobody' })).toEqual([]);
    expect(looked({ group: 'nobody' })).toEqual([]);
  });
});

describe('whatever the account and the rules', () => {
  const arbitraryPackage = fc.record({
    groupId: fc.constantFrom(CHECKPOINTS, OUTPUT),
    version: fc.integer({ min: 1, max: 12 }),
    jobId: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    step: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
    createdMs: fc.integer({ min: NOW - 40 * DAY, max: NOW }),
    kind: fc.constantFrom(0, RESUMABLE, MODEL),
    status: fc.constantFrom(UNFINISHED, COMPLETED, FAILED),
    approved: fc.boolean(),
    guessed: fc.boolean(),
  });
  const address = fc.record({
    group: fc.constantFrom('ckpt', 'CKPT', 'out'),
    version: fc.integer({ min: 1, max: 12 }),
  });
  const arbitraryJob = (id: number) =>
    fc
      .record({
        status: fc.constantFrom('InProgress', 'Completed', 'Failed', 'Stopped', 'Strange'),
        live: fc.boolean(),
        deleted: fc.boolean(),
        inputKnown: fc.boolean(),
        input: fc.option(address, { nil: undefined }),
        output: fc.option(address, { nil: undefined }),
        category: fc.constantFrom('AgentRFT' as const, 'AgentRFTEvaluation' as const),
        root: fc.integer({ min: 1, max: 4 }),
      })
      .map(({ category, ...more }) => job(id, { ...more, ref: { jobCategory: category, jobName: `job-${id}` } }));
  const account = fc.record({
    packages: fc.uniqueArray(arbitraryPackage, { selector: (one) => `${one.groupId}/${one.version}`, maxLength: 24 }),
    jobs: fc.tuple(arbitraryJob(1), arbitraryJob(2), arbitraryJob(3), arbitraryJob(4)),
    creating: fc.array(address, { maxLength: 2 }),
    pinned: fc.array(address, { maxLength: 2 }),
    values: fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 30 }),
    whole: fc.boolean(),
  });
  const flag = fc.constantFrom('0' as const, '1' as const);
  const anyRules = fc.record({
    best: fc.integer({ min: 0, max: 4 }),
    by: fc.constantFrom('validation' as const, 'reward' as const),
    nth: fc.integer({ min: 0, max: 7 }),
    last: flag,
    branch: flag,
    evaluated: flag,
    approved: flag,
    noted: flag,
    guessed: flag,
    group: fc.option(fc.constantFrom('ckpt', 'out', 'none'), { nil: undefined }),
    job: fc.option(fc.constantFrom('job-1', 'job-9'), { nil: undefined }),
    lineage: fc.option(fc.constantFrom('job-2', 'job-9'), { nil: undefined }),
    status: fc.option(fc.constantFrom('failed', 'completed,stopped'), { nil: undefined }),
    kind: fc.option(fc.constantFrom('resumable' as const, 'model' as const), { nil: undefined }),
    days: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
  });
  const toFacts = ({
    packages,
    jobs,
    values,
    whole,
    ...more
  }: typeof account extends fc.Arbitrary<infer T> ? T : never) =>
    facts(packages, jobs, {
      ...more,
      rewards: new Map(jobs.map(({ id }) => [id, { validation: curve(values, whole) }])),
    });
  const going = (known: PruneFacts, wanted: PruneRules) => {
    const { why, looked } = judge(known, wanted, NOW);
    return Array.from(why, (_, at) => at).filter((at) => why[at] === 0 && looked[at] === 1);
  };

  it('nothing goes that a job, a live job or a resumable lineage needs', () => {
    fc.assert(
      fc.property(account, anyRules, (world, wanted) => {
        for (const at of going(toFacts(world), wanted)) {
          const one = world.packages[at];
          const maker = world.jobs.find(({ id }) => id === one?.jobId);
          const group = one?.groupId === CHECKPOINTS ? 'ckpt' : 'out';
          const isThis = (other?: { group: string; version: number }) =>
            other?.group.toLowerCase() === group && other.version === one?.version;
          expect(maker, 'its maker is known').toBeDefined();
          expect(maker?.live).toBe(false);
          expect(one?.status).not.toBe(UNFINISHED);
          expect(one?.kind).not.toBe(0);
          if (wanted.guessed === '0') expect(one?.guessed).toBe(false);
          expect(world.jobs.every(({ inputKnown, deleted }) => inputKnown || deleted)).toBe(true);
          expect(world.jobs.some(({ deleted, input }) => !deleted && isThis(input))).toBe(false);
          expect(world.pinned.some(isThis)).toBe(false);
          expect(world.creating.some(isThis)).toBe(false);
          if (maker?.status === 'Completed' || one?.kind !== RESUMABLE || one.status !== COMPLETED) continue;
          const later = world.packages.filter(
            (other) =>
              other.jobId === one.jobId &&
              other.kind === RESUMABLE &&
              other.status === COMPLETED &&
              other !== one &&
              (one.guessed || !other.guessed),
          );
          expect(later.some(({ createdMs }) => createdMs >= one.createdMs)).toBe(true);
          if (one.step !== undefined) {
            expect(later.some(({ step }) => step !== undefined && step >= (one.step ?? 0))).toBe(true);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('what is always kept is kept alike under all rules, and more rules never let more go', () => {
    fc.assert(
      fc.property(account, anyRules, (world, wanted) => {
        const known = toFacts(world);
        const none = judge(known, rules(), NOW).why;
        const some = judge(known, wanted, NOW).why;
        for (let at = 0; at < none.length; at += 1) {
          expect((some[at] ?? 0) & ALWAYS_BITS).toBe((none[at] ?? 0) & ALWAYS_BITS);
          expect(none[at]).toBe((none[at] ?? 0) & ALWAYS_BITS);
        }
      }),
    );
  });

  it('what a clean-up has deleted so far changes nothing for the rest', () => {
    fc.assert(
      fc.property(account, anyRules, fc.array(fc.boolean(), { maxLength: 24 }), (world, wanted, deleted) => {
        const known = toFacts(world);
        const go = going(known, wanted);
        const keyAt = (at: number) => packageKey(known.packages.groupId[at] ?? 0, known.packages.version[at] ?? 0);
        const gone = new Set(go.filter((_, i) => deleted[i]).map(keyAt));
        const left = toFacts({
          ...world,
          packages: world.packages.filter(({ groupId, version }) => !gone.has(packageKey(groupId, version))),
        });
        const rest = going(left, wanted).map((at) =>
          packageKey(left.packages.groupId[at] ?? 0, left.packages.version[at] ?? 0),
        );
        expect(rest).toEqual(go.map(keyAt).filter((key) => !gone.has(key)));
      }),
    );
  });

  it('narrowing only ever leaves fewer', () => {
    fc.assert(
      fc.property(account, anyRules, (world, wanted) => {
        const known = toFacts(world);
        const { group: _g, job: _j, lineage: _l, status: _s, kind: _k, days: _d, ...wide } = wanted;
        const all = new Set(going(known, wide));
        expect(going(known, wanted).every((at) => all.has(at))).toBe(true);
      }),
    );
  });
});

describe('a year', () => {
  it('judges 200,000 checkpoints of 200 jobs in one pass, well within what a page waits for', () => {
    const packages = Array.from({ length: 200 }, (_, i) => twins(i + 1, 500, i * 500)).flat();
    const jobs = Array.from({ length: 200 }, (_, i) => job(i + 1));
    const values = Array.from({ length: 500 }, (_, i) => Math.sin(i));
    const known = facts(packages, jobs, {
      rewards: new Map(jobs.map(({ id }) => [id, { validation: curve(values) }])),
    });
    const began = performance.now();
    const { why } = judge(known, rules({ best: 3, nth: 50 }), NOW);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(why.filter((bits) => bits === 0).length).toBeGreaterThan(190_000);
  });
});
