import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ListJobsQuery, listJobsQuerySchema, SORT_KEYS } from '@/lib/contract/jobs';
import { beginAction, findAction, finishAction, listActions, reopenAction } from './actions-store';
import type { Catalog } from './catalog';
import { findCheckpoint, listJobCheckpointsPage } from './checkpoint-rows';
import { findJob } from './find-job';
import { countJobs, listFacets, listJobsPage } from './list-jobs-page';
import { openCatalog } from './open-catalog';
import * as schema from './schema';
import { lastScope, rememberScope, type Scope } from './scopes-store';

const NOW = new Date('2026-06-20T12:00:00.000Z');
const HOUR_MS = 3_600_000;
const scope: Scope = { id: 1, account: '123456789012', partition: 'aws', region: 'us-west-2' };
let dataDir: string;
let catalog: Catalog;

const query = (words: Partial<ListJobsQuery> = {}) => listJobsQuerySchema.parse(words);

/** 60 jobs an hour apart: every third failed, some without base model or tokens, the newest two still running. */
function storedJob(index: number): typeof schema.jobs.$inferInsert {
  const createdAt = new Date(NOW.getTime() - index * HOUR_MS);
  const live = index < 2;
  return {
    scopeId: scope.id,
    category: index % 10 === 9 ? 'AgentRFTEvaluation' : 'AgentRFT',
    name: `Desk-${String(index).padStart(2, '0')}${index % 2 ? '_100%'.replace(/[_%]/g, '') : ''}`,
    arn: `arn:aws:sagemaker:us-west-2:123456789012:job/AgentRFT/job-${index}`,
    status: live ? 'InProgress' : index === 7 ? 'Hibernating' : index % 3 === 0 ? 'Failed' : 'Completed',
    secondaryStatus: live ? 'Training' : 'Completed',
    createdAt,
    modifiedAt: createdAt,
    endedAt: live ? null : new Date(createdAt.getTime() + ((index * 7) % 5) * HOUR_MS),
    asOf: NOW,
    baseModel: index % 4 === 0 ? null : `model-${index % 4}`,
    tokensTrain: index % 5 === 0 ? null : index * 1000,
    search: `desk-${index} ${index === 5 ? '100%_sure' : 'plain'}`,
  };
}

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'cairn-reads-'));
  catalog = await openCatalog({ dataDir });
  const { db } = catalog;
  expect(await rememberScope(catalog, scope, NOW)).toEqual(scope);
  await rememberScope(catalog, { ...scope, account: '999999999999' }, NOW);
  await db.insert(schema.jobs).values(Array.from({ length: 60 }, (_, index) => storedJob(index)));
  await db.insert(schema.jobs).values({ ...storedJob(0), scopeId: 2, name: 'of-another-account' });
});

afterAll(async () => {
  await catalog.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('tables', () => {
  it('are what the schema says: every column, and which may be missing', async () => {
    const tables = Object.values(schema).filter((value) => is(value, PgTable)) as PgTable[];
    expect(tables.length).toBeGreaterThan(5);
    for (const table of tables) {
      const { name, columns, primaryKeys } = getTableConfig(table);
      const inKey = new Set(primaryKeys.flatMap((key) => key.columns.map((column) => column.name)));
      const { rows } = await catalog.db.execute(
        `SELECT column_name, is_nullable FROM information_schema.columns WHERE table_name = '${name}'`,
      );
      const real = rows.map((row) => `${name}.${row.column_name} ${row.is_nullable === 'NO' ? 'always' : 'maybe'}`);
      const said = columns.map((c) => `${name}.${c.name} ${c.notNull || inKey.has(c.name) ? 'always' : 'maybe'}`);
      expect(said.sort()).toEqual(real.sort());
    }
  });
});

describe('listJobsPage', () => {
  it.each(SORT_KEYS.flatMap((sort) => (['asc', 'desc'] as const).map((order) => ({ sort, order }))))(
    'walks $sort $order to the end and back, every job once',
    async (words) => {
      const whole = await listJobsPage(catalog, scope, query({ ...words, limit: 200 }), NOW);
      const names = whole.jobs.map((job) => job.jobName);
      expect(new Set(names).size).toBe(60);
      expect(whole.nextCursor).toBeUndefined();
      expect(whole.prevCursor).toBeUndefined();

      const forth: string[][] = [];
      let page = await listJobsPage(catalog, scope, query({ ...words, limit: 25 }), NOW);
      for (;;) {
        expect(page.offset).toBe(forth.length * 25);
        forth.push(page.jobs.map((job) => job.jobName));
        if (!page.nextCursor) break;
        // The clock moves on between pages; live durations must not shuffle the rows.
        const later = new Date(NOW.getTime() + 50 * HOUR_MS);
        page = await listJobsPage(catalog, scope, query({ ...words, limit: 25, cursor: page.nextCursor }), later);
      }
      expect(forth.flat()).toEqual(names);
      expect(forth.map((rows) => rows.length)).toEqual([25, 25, 10]);

      const back = await listJobsPage(catalog, scope, query({ ...words, limit: 25, cursor: page.prevCursor }), NOW);
      expect(back.jobs.map((job) => job.jobName)).toEqual(forth[1]);
      expect(back.offset).toBe(25);
      const first = await listJobsPage(catalog, scope, query({ ...words, limit: 25, cursor: back.prevCursor }), NOW);
      expect(first.jobs.map((job) => job.jobName)).toEqual(forth[0]);
      expect(first.prevCursor).toBeUndefined();
    },
  );

  it('sorts by the clock for running jobs and puts missing tokens last', async () => {
    const longest = await listJobsPage(catalog, scope, query({ sort: 'duration', limit: 3 }), new Date('2026-07-01'));
    expect(longest.jobs.slice(0, 2).map((job) => job.jobName)).toEqual(['Desk-01100', 'Desk-00']);
    const tokens = await listJobsPage(catalog, scope, query({ sort: 'tokens', limit: 200 }), NOW);
    expect(tokens.jobs[0]?.tokens).toEqual({ train: 59_000 });
    expect(tokens.jobs.at(-1)?.tokens).toBeUndefined();
  });

  it('understands groups, AWS words and words never met', async () => {
    const statuses = async (status: string) =>
      [
        ...new Set(
          (await listJobsPage(catalog, scope, query({ status, limit: 200 }), NOW)).jobs.map((j) => j.jobStatus),
        ),
      ]
        .sort()
        .join();
    expect(await statuses('failed,running')).toBe('Failed,InProgress');
    expect(await statuses('Completed')).toBe('Completed');
    expect(await statuses('unknown')).toBe('Hibernating');
    expect(await statuses(',')).toBe('');
  });

  it('takes search letters literally', async () => {
    const found = await listJobsPage(catalog, scope, query({ q: '100%_S' }), NOW);
    expect(found.jobs.map((job) => job.jobName)).toEqual(['Desk-05100']);
    expect(await countJobs(catalog, scope, query({ q: "'; DROP TABLE jobs; --" }))).toBe(0);
    expect(await countJobs(catalog, scope)).toBe(60);
  });

  it.each(['x', 'e30', Buffer.from('{"by":"name asc","value":1,"id":1,"go":"up"}').toString('base64url')])(
    'refuses the cursor %s and names the field',
    async (cursor) => {
      await expect(listJobsPage(catalog, scope, query({ cursor }), NOW)).rejects.toMatchObject({
        code: 'bad_request',
        field: 'cursor',
      });
    },
  );

  it('answers or refuses every cursor that only looks like ours, and never fails', async () => {
    const values = [1e300, -1e300, 9e15, 1e10, 0.5, '', 'x\0y'];
    for (const sort of SORT_KEYS) {
      for (const value of values) {
        for (const extra of [{}, { now: 1e300 }, { id: 9e15 }]) {
          const cursor = { by: `${sort} desc`, value, id: 1, go: 'next', ...extra };
          const text = Buffer.from(JSON.stringify(cursor)).toString('base64url');
          const asked = listJobsPage(catalog, scope, query({ sort, cursor: text }), NOW);
          await asked.catch((error) => expect(error).toMatchObject({ code: 'bad_request', field: 'cursor' }));
        }
      }
    }
    const step = Buffer.from('{"by":"checkpoints all","value":1e10,"id":1,"go":"next"}').toString('base64url');
    await listJobCheckpointsPage(catalog, scope, 1, { limit: 5, cursor: step });
  });

  it('counts what the menus offer', async () => {
    const facets = await listFacets(catalog, scope);
    expect(facets.baseModel).toEqual([
      { value: 'model-1', count: 15 },
      { value: 'model-2', count: 15 },
      { value: 'model-3', count: 15 },
    ]);
    expect(facets.jobStatus.find(({ value }) => value === 'InProgress')?.count).toBe(2);
  });
});

describe('checkpoints', () => {
  it('come newest step first, with their twin, maker, evidence and children', async () => {
    const { db } = catalog;
    const [maker] = await db
      .insert(schema.jobs)
      .values({ ...storedJob(70), name: 'maker' })
      .returning();
    const jobId = maker?.id ?? -1;
    const [held, out] = await db
      .insert(schema.packageGroups)
      .values([
        { scopeId: 1, name: 'ckpt' },
        { scopeId: 1, name: 'out' },
      ])
      .returning();
    const base = { createdAt: NOW, status: 'Completed', jobId, evidence: 'path', stepEvidence: 'path' } as const;
    for (const version of [1, 2, 3]) {
      await db.insert(schema.packages).values([
        { ...base, groupId: held?.id ?? 0, version, kind: 'resumable', step: version },
        { ...base, groupId: out?.id ?? 0, version, kind: 'model', step: version },
      ]);
    }
    await db.insert(schema.jobs).values({
      ...storedJob(71),
      name: 'child',
      inputPackageArn: 'arn:aws:sagemaker:us-west-2:123456789012:model-package/ckpt/2',
      inputGroup: 'ckpt',
      inputVersion: 2,
    });

    const words = { limit: 4 };
    const first = await listJobCheckpointsPage(catalog, scope, jobId, words);
    expect(first.total).toBe(6);
    expect(first.checkpoints.map(({ group, step }) => `${group} ${step}`)).toEqual([
      'out 3',
      'ckpt 3',
      'out 2',
      'ckpt 2',
    ]);
    expect(first.checkpoints[1]).toMatchObject({
      packageArn: 'arn:aws:sagemaker:us-west-2:123456789012:model-package/ckpt/3',
      kind: 'resumable',
      twin: { group: 'out', version: 3 },
      job: { jobCategory: 'AgentRFT', jobName: 'maker' },
      evidence: { by: 'path' },
    });
    const rest = await listJobCheckpointsPage(catalog, scope, jobId, { ...words, cursor: first.nextCursor });
    expect(rest.checkpoints.map(({ group, step }) => `${group} ${step}`)).toEqual(['out 1', 'ckpt 1']);
    expect(rest.nextCursor).toBeUndefined();

    expect((await findCheckpoint(catalog, scope, 'ckpt', 2))?.dependants).toMatchObject([{ jobName: 'child' }]);
    expect(await findCheckpoint(catalog, scope, 'ckpt', 9)).toBeUndefined();
    const child = await findJob(catalog, scope, { jobCategory: 'AgentRFT', jobName: 'child' });
    expect(child?.job.parent).toMatchObject({ kind: 'resume', step: 2, job: { jobName: 'maker' } });
    const found = await findJob(catalog, scope, { jobCategory: 'AgentRFT', jobName: 'maker' });
    expect(found?.job.children).toMatchObject([{ jobName: 'child', kind: 'resume', step: 2 }]);
  });
});

describe('ledger', () => {
  it('lets exactly one of two callers carry a plan out, and tells the other what became of it', async () => {
    const action = {
      action: 'create',
      planToken: 'plan-1',
      requestHash: 'abc',
      job: { jobCategory: 'AgentRFT', jobName: 'desk-r2' },
    } as const;
    const both = await Promise.all([beginAction(catalog, scope, action), beginAction(catalog, scope, action)]);
    expect(both.map(({ fresh }) => fresh).sort()).toEqual([false, true]);
    const id = both[0].action.id;
    expect(both[1].action.id).toBe(id);

    await finishAction(catalog, id, { state: 'failed', answer: { code: 'throttled' } });
    expect(await findAction(catalog, scope, 'plan-1')).toMatchObject({
      state: 'failed',
      answer: { code: 'throttled' },
    });
    const tries = await Promise.all([reopenAction(catalog, id, 'failed'), reopenAction(catalog, id, 'failed')]);
    expect(tries.sort()).toEqual([false, true]);
    expect(await findAction(catalog, { ...scope, id: 2 }, 'plan-1')).toBeUndefined();
  });

  it('writes every stop and delete down, also the second of a job', async () => {
    const stop = { action: 'stop', job: { jobCategory: 'AgentRFT', jobName: 'desk' } } as const;
    const first = await beginAction(catalog, scope, stop);
    const second = await beginAction(catalog, scope, stop);
    expect([first.fresh, second.fresh]).toEqual([true, true]);
    expect(second.action.id).not.toBe(first.action.id);
  });

  it('is read newest first, page by page, of everything or of one job or checkpoint', async () => {
    const other = await rememberScope(catalog, { account: '333333333333', partition: 'aws', region: 'us-east-2' });
    const job = { jobCategory: 'AgentRFT', jobName: 'desk' } as const;
    const checkpoint = { group: 'desk-mpg', version: 7 };
    const stop = await beginAction(catalog, other, { action: 'stop', job, who: 'arn:aws:iam::333333333333:user/a' });
    await finishAction(catalog, stop.action.id, {
      state: 'failed',
      answer: { code: 'throttled', message: 'Slow down' },
    });
    await beginAction(catalog, other, { action: 'approve', checkpoint, detail: { description: 'good \0' } });
    await beginAction(catalog, other, { action: 'delete', job });

    const first = await listActions(catalog, other, undefined, { limit: 2 });
    expect(first.actions.map(({ action }) => action)).toEqual(['delete', 'approve']);
    const rest = await listActions(catalog, other, undefined, { limit: 2, cursor: first.nextCursor });
    expect(rest).toMatchObject({
      actions: [{ action: 'stop', job, state: 'failed', answer: 'Slow down', who: 'arn:aws:iam::333333333333:user/a' }],
    });
    expect(rest.nextCursor).toBeUndefined();
    expect((await listActions(catalog, other, job)).actions).toHaveLength(2);
    expect((await listActions(catalog, other, checkpoint)).actions).toMatchObject([{ action: 'approve', checkpoint }]);
    expect((await listActions(catalog, other, { group: 'desk-mpg', version: 8 })).actions).toEqual([]);
  });
});

describe('scopes', () => {
  it('are one per account and region, and the one seen last is remembered', async () => {
    const address = { account: '111111111111', partition: 'aws', region: 'eu-west-1' };
    const one = await rememberScope(catalog, address, new Date(1000));
    const other = await rememberScope(catalog, { ...address, account: '222222222222' }, new Date(2000));
    expect(await rememberScope(catalog, address, new Date(3000))).toEqual(one);
    expect(other.id).not.toBe(one.id);
    expect(await lastScope(catalog, 'eu-west-1')).toEqual(one);
    expect(await lastScope(catalog, 'ap-south-1')).toBeUndefined();
  });
});
