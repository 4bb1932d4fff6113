import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getLineageQuerySchema, getLineageResponseSchema } from '@/lib/contract/lineage';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { listJobCheckpoints } from '../checkpoints/list-job-checkpoints';
import { pinCheckpoint } from '../checkpoints/mark-checkpoint';
import { getLineage } from './get-lineage';

let t: TestDeployment;

beforeAll(async () => {
  Object.assign(globalThis, { [Symbol.for('cairn.boundHost')]: '127.0.0.1' });
  t = await startTestDeployment({ scenario: 'team-month' });
  await t.d.sync.runUntilIdle();
});
afterAll(() => t?.close());

const ask = async (words: Record<string, string> = {}) =>
  getLineageResponseSchema.parse(
    JSON.parse(JSON.stringify(await getLineage(t.d, REGION, getLineageQuerySchema.parse(words)))),
  );
const must = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('not found');
  return value;
};

describe('getLineage', () => {
  it('answers every job of a team’s month as a lane, parents first, joined by what they started from', async () => {
    const { lanes, totals } = await ask();
    expect(lanes).toHaveLength(42);
    expect(totals).toMatchObject({ jobs: 42, matching: 42 });
    const count = (kind: string) => lanes.filter(({ parent }) => parent?.kind === kind).length;
    expect([count('resume'), count('iterate'), count('evaluate'), count('unknown')]).toEqual([2, 14, 12, 0]);
    for (const [index, { parent }] of lanes.entries()) {
      if (parent?.lane) expect(lanes.findIndex(({ id }) => id === parent.lane)).toBeLessThan(index);
    }
  });

  it('makes a mark of every checkpoint that others started from, with its twin', async () => {
    const { lanes } = await ask();
    const resumed = must(lanes.find(({ parent }) => parent?.kind === 'resume'));
    const parent = must(lanes.find(({ id }) => id === resumed.parent?.lane));
    const mark = must(parent.marks.find(({ step }) => step === resumed.parent?.step));
    expect(mark.roles).toContain('branch');
    expect(mark.resumable).toEqual({ group: resumed.parent?.group, version: resumed.parent?.version });
    expect(resumed.firstStep).toBe(mark.step);
    expect(resumed.stepOffset).toBe(parent.stepOffset);
  });

  it('counts all other checkpoints by range', async () => {
    const { lanes } = await ask();
    for (const { ticks, checkpoints } of lanes) {
      const counted = ticks?.counts.reduce((sum, count) => sum + count, 0) ?? 0;
      expect(counted).toBe(checkpoints.resumable + checkpoints.model);
      expect(ticks?.counts.length ?? 0).toBeLessThanOrEqual(24);
    }
  });

  it('hides what is below a closed lane and says how much that is', async () => {
    const { lanes } = await ask();
    const resumed = must(lanes.find(({ parent }) => parent?.kind === 'resume'));
    const root = must(resumed.parent?.lane);
    const closed = await ask({ closed: root });
    const gone = lanes.length - closed.lanes.length;
    expect(gone).toBeGreaterThan(0);
    expect(closed.lanes.find(({ id }) => id === root)?.hidden).toMatchObject({ jobs: gone, closed: true });
  });

  it('shows what matches a filter with the way that led to it', async () => {
    const { lanes, totals } = await ask({ status: 'failed' });
    expect(totals.matching).toBe(4);
    expect(lanes.filter(({ context }) => !context).map(({ jobStatus }) => jobStatus)).toEqual(Array(4).fill('Failed'));
    expect(lanes.filter(({ context }) => context).length).toBeGreaterThan(0);
  });

  it('narrows to one lineage, and finds a focus that names a package', async () => {
    const { lanes } = await ask();
    const child = must(lanes.find(({ parent }) => parent?.kind === 'iterate'));
    const { group, version } = must(child.parent);
    const one = await ask({ focus: `package:${group}/${version}`, only: '1' });
    expect(one.focus).toEqual({ found: true, lane: child.parent?.lane, step: child.parent?.step });
    expect(one.lanes.length).toBeLessThan(lanes.length);
    expect(one.lanes.map(({ id }) => id)).toContain(child.id);
    const near = await ask({ focus: `job:${child.id}`, depth: '1' });
    expect(near.lanes.map(({ id }) => id)).toContain(child.parent?.lane);
  });

  it('says that a focus is nowhere', async () => {
    expect((await ask({ focus: 'package:no-such-group/1' })).focus).toEqual({ found: false });
  });

  it('makes a pinned step a node at once, and lets it go as quickly', async () => {
    const { lanes } = await ask();
    const lane = must(
      lanes.find(({ ticks, jobCategory }) => jobCategory === 'AgentRFT' && (ticks?.counts.length ?? 0) > 5),
    );
    const ref = { jobCategory: lane.jobCategory, jobName: lane.jobName };
    const { checkpoints } = await listJobCheckpoints(t.d, REGION, ref, { limit: 500 });
    const quiet = must(
      checkpoints.find(({ step, kind }) => kind === 'model' && !lane.marks.some((mark) => mark.step === step)),
    );
    const rolesOf = async () =>
      (await ask()).lanes.find(({ id }) => id === lane.id)?.marks.find(({ step }) => step === quiet.step)?.roles;
    const before = t.d.catalog.revision((await t.d.scope(REGION)).id);
    await pinCheckpoint(t.d, REGION, quiet, true);
    expect(await rolesOf()).toEqual(['pinned']);
    await pinCheckpoint(t.d, REGION, quiet, false);
    expect(await rolesOf()).toBeUndefined();
    expect(t.d.catalog.revision((await t.d.scope(REGION)).id)).toBe(before);
  });

  it('asks the catalog a handful of questions, however many jobs there are', async () => {
    await ask();
    const { db } = t.d.catalog;
    const client = (db as unknown as { $client: { query: (...args: unknown[]) => Promise<unknown> } }).$client;
    const query = client.query.bind(client);
    let asked = 0;
    client.query = (...args) => {
      asked += 1;
      return query(...args);
    };
    await ask();
    client.query = query;
    expect(asked).toBeLessThanOrEqual(4);
  });
});
