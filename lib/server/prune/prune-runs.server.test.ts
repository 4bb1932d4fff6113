import { describe, expect, it } from 'vitest';
import type { LoggedAction } from '@/lib/contract/action-log';
import { refusal, rulesOf, startPruneWorld } from '@/tests/prune-world';
import { REGION } from '@/tests/test-deployment';
import { getActionLog } from '../actions/get-action-log';
import { beginAction, finishAction } from '../catalog/actions-store';
import { findNeed } from '../catalog/prune-facts';
import { getCheckpoint } from '../checkpoints/get-checkpoint';
import { listJobCheckpoints } from '../checkpoints/list-job-checkpoints';
import { pinCheckpoint } from '../checkpoints/mark-checkpoint';
import { getJob } from '../jobs/get-job';
import { changePruneRun, getPruneRun, listPruneRuns } from './prune-runs';
import { startPrune } from './start-prune';

const world = startPruneWorld();
const { seed, preview, start, change, record, stepsAtAws, proxy } = world;

describe('a clean-up', () => {
  it('deletes what was looked at and nothing else, and the catalog remembers what is gone', async () => {
    await seed('whole');
    const run = await start('whole', { nth: 4 });
    await world.test.d.prune.runUntilIdle();
    expect(await stepsAtAws('whole', 'resumable')).toEqual([4, 8, 12]);
    expect(await stepsAtAws('whole', 'model')).toEqual([4, 8, 12]);
    const { run: after, items } = await record(run);
    expect(after).toMatchObject({ state: 'done', total: 18, counts: { deleted: 18, waiting: 0, failed: 0, kept: 0 } });
    expect(after.who).toMatch(/^arn:aws:/);
    expect(items.every(({ state }) => state === 'deleted')).toBe(true);

    const job = { jobCategory: 'AgentRFT', jobName: 'whole' } as const;
    expect((await getJob(world.test.d, REGION, job)).job.checkpoints).toMatchObject({ resumable: 3, model: 3 });
    const list = await listJobCheckpoints(world.test.d, REGION, job, { limit: 100 });
    expect(list).toMatchObject({ total: 6, deleted: 18 });
    expect(list.checkpoints.map(({ packageStatus }) => packageStatus)).not.toContain('Deleted');
    const whole = await listJobCheckpoints(world.test.d, REGION, job, { limit: 100, deleted: '1' });
    expect(whole.checkpoints).toHaveLength(24);
    const [gone] = items;
    if (!gone) throw new Error('no item');
    expect((await getCheckpoint(world.test.d, REGION, gone.group, gone.version)).checkpoint.packageStatus).toBe(
      'Deleted',
    );
    // A page that was asked for before the deletion must not bring them back.
    await world.test.pass(600_000);
    await world.test.d.sync.runUntilIdle();
    expect((await preview('whole', { nth: 4, show: 'all' })).counts).toMatchObject({ looked: 6, go: 0 });

    const { actions } = await getActionLog(world.test.d, REGION, { limit: 200 });
    const entry = actions.find(({ action }) => action === 'prune');
    expect(entry).toMatchObject({ state: 'done', answer: '18 deleted, 0 failed, 0 kept.', detail: { count: 18 } });
    const ofRun = (action: LoggedAction) => action.action === 'delete-checkpoint' && action.detail?.prune === run.id;
    expect(actions.filter(ofRun)).toHaveLength(18);
    expect((await listPruneRuns(world.test.d, REGION)).runs.map(({ id }) => id)).toContain(run.id);
  });

  it('leaves out what was dropped by hand, and is one run however often it is started', async () => {
    await seed('dropped');
    const rules = rulesOf('dropped');
    const { planToken, counts, rows } = await preview('dropped');
    const drop = rows.slice(0, 3).map(({ group, version }) => `${group}/${version}`);
    const body = { rules, planToken, drop, confirm: counts.go - 3 };
    const [one, two] = await Promise.all([
      startPrune(world.test.d, REGION, body),
      startPrune(world.test.d, REGION, body),
    ]);
    expect(one.run.id).toBe(two.run.id);
    expect([one.created, two.created].sort()).toEqual([false, true]);
    expect((await refusal(startPrune(world.test.d, REGION, { ...body, drop: [], confirm: counts.go }))).code).toBe(
      'conflict',
    );
    await world.test.d.prune.runUntilIdle();
    const left = (await world.test.control.truth(REGION)).packages.map(([group, version]) => `${group}/${version}`);
    expect(left).toEqual(expect.arrayContaining(drop));
    expect((await record(one.run)).run.counts.deleted).toBe(counts.go - 3);
  });

  it('is refused when the list has changed, and when the number typed is another', async () => {
    await seed('stale');
    const rules = rulesOf('stale');
    const { planToken, counts, rows } = await preview('stale');
    const wrong = await refusal(
      startPrune(world.test.d, REGION, { rules, planToken, drop: [], confirm: counts.go + 1 }),
    );
    expect(wrong).toMatchObject({ code: 'unprocessable', field: 'confirm' });
    const [first] = rows;
    if (!first) throw new Error('nothing may go');
    await pinCheckpoint(world.test.d, REGION, first, true);
    const stale = await refusal(startPrune(world.test.d, REGION, { rules, planToken, drop: [], confirm: counts.go }));
    expect(stale.code).toBe('plan_stale');
    expect((await listPruneRuns(world.test.d, REGION)).runs.every(({ state }) => state !== 'running')).toBe(true);
  });

  it('keeps what a job came to start from while it was under way, and what was approved elsewhere', async () => {
    await seed('busy');
    const run = await start('busy');
    await world.test.d.prune.tick();
    const waiting = (await record(run)).items.filter(({ state }) => state === 'waiting');
    const [, , needed, approved] = waiting.filter(({ kind }) => kind === 'model');
    if (!needed?.step || !approved) throw new Error('too little is left');
    // By another program: Cairn's own log knows nothing of it, and its lists have not been read since.
    await world.test.control.seedJob({
      name: 'late-eval',
      category: 'AgentRFTEvaluation',
      outcome: 'running',
      from: { job: 'busy', step: needed.step, kind: 'evaluate' },
    });
    const { SageMakerClient, UpdateModelPackageCommand } = await import('@aws-sdk/client-sagemaker');
    const client = new SageMakerClient({ region: REGION, endpoint: world.test.url });
    await client.send(
      new UpdateModelPackageCommand({
        ModelPackageArn: (await getCheckpoint(world.test.d, REGION, approved.group, approved.version)).checkpoint
          .packageArn,
        ModelApprovalStatus: 'Approved',
      }),
    );
    await world.test.pass(11_000);
    await world.test.d.prune.runUntilIdle();
    const kept = (await record(run, 'kept')).items;
    expect(kept.map(({ version, reason }) => [version, reason])).toEqual([
      [needed.version, expect.stringContaining('late-eval started from it.')],
      [approved.version, 'Approved in the model registry.'],
    ]);
    expect((await record(run)).run).toMatchObject({ state: 'done', counts: { kept: 2, failed: 0 } });
    expect(await stepsAtAws('busy', 'model')).toEqual(expect.arrayContaining([needed.step, approved.step]));
  });

  it('deletes only what was confirmed: not another package of the same version, not one that turned out to be of another job', async () => {
    await seed('other-job', { outcome: 'running', startedAgo: '30m' });
    await seed('confirmed');
    const run = await start('confirmed');
    const [remade, moved] = (await record(run)).items;
    if (!remade || !moved) throw new Error('no items');
    const { sql } = await import('drizzle-orm');
    await world.test.d.catalog.db.execute(sql`
      UPDATE prune_items SET created_at = created_at - interval '1 day' WHERE run_id = ${run.id} AND position = 0`);
    await world.test.d.catalog.db.execute(sql`
      UPDATE packages p SET job_id = (SELECT id FROM jobs WHERE name = 'other-job')
      FROM package_groups g WHERE g.id = p.group_id AND g.name = ${moved.group} AND p.version = ${moved.version}`);
    await world.test.d.prune.runUntilIdle();
    expect((await record(run, 'kept')).items.map(({ version, reason }) => [version, reason])).toEqual([
      [remade.version, expect.stringContaining('is another package now')],
      [moved.version, expect.stringContaining('of the job it was confirmed for')],
    ]);
    expect((await record(run)).run.counts).toMatchObject({ deleted: 20, kept: 2, failed: 0 });
  });

  it('asks alone for what a description of many leaves out, and heeds what it hears', async () => {
    await seed('left-out');
    const run = await start('left-out');
    const approved = (await record(run)).items.find(({ kind }) => kind === 'model');
    if (!approved) throw new Error('no model');
    const { SageMakerClient, UpdateModelPackageCommand } = await import('@aws-sdk/client-sagemaker');
    const { packageArn } = (await getCheckpoint(world.test.d, REGION, approved.group, approved.version)).checkpoint;
    await new SageMakerClient({ region: REGION, endpoint: world.test.url }).send(
      new UpdateModelPackageCommand({ ModelPackageArn: packageArn, ModelApprovalStatus: 'Approved' }),
    );
    proxy.rewrites = (operation, answer) =>
      operation === 'BatchDescribeModelPackage'
        ? JSON.stringify({ ModelPackageSummaries: {}, BatchDescribeModelPackageErrorMap: {} })
        : answer;
    await world.test.pass(11_000);
    await world.test.d.prune.runUntilIdle();
    expect((await record(run, 'kept')).items.map(({ version }) => version)).toEqual([approved.version]);
    expect((await record(run)).run).toMatchObject({ state: 'done', counts: { deleted: 21, kept: 1 } });
  });

  it('refuses a pin while the checkpoint is being deleted, and keeps what was pinned a moment before', async () => {
    await seed('pinned-late');
    const run = await start('pinned-late');
    const [going, pinned] = (await record(run)).items;
    if (!going || !pinned) throw new Error('no items');
    const { sql } = await import('drizzle-orm');
    const state = (code: number) =>
      world.test.d.catalog.db.execute(
        sql`UPDATE prune_items SET state = ${code} WHERE run_id = ${run.id} AND position = 0`,
      );
    await state(1);
    expect((await refusal(pinCheckpoint(world.test.d, REGION, going, true))).code).toBe('unprocessable');
    await pinCheckpoint(world.test.d, REGION, going, false);
    await state(0);
    await pinCheckpoint(world.test.d, REGION, pinned, true);
    // What is looked at once more after an item was taken, when the handful was judged before the pin.
    const scope = await world.test.d.scope(REGION);
    expect(await findNeed(world.test.d.catalog, scope, pinned, run.rules)).toBe('Somebody wants it kept.');
    expect(await findNeed(world.test.d.catalog, scope, going, run.rules)).toBeUndefined();
    await change(run, 'end');
  });

  it('settles what a server that died left half deleted in a run that was ended', async () => {
    await seed('ended-late');
    const run = await start('ended-late');
    const { sql } = await import('drizzle-orm');
    await world.test.d.catalog.db.execute(
      sql`UPDATE prune_items SET state = 1 WHERE run_id = ${run.id} AND position = 0`,
    );
    await change(run, 'end');
    await world.test.restart();
    await world.test.d.sync.runUntilIdle();
    await world.test.d.prune.tick();
    const [lost] = (await record(run, 'failed')).items;
    expect(lost?.reason).toContain('Cairn ended before AWS had answered');
    expect((await record(run)).run.counts).toMatchObject({ deleting: 0, failed: 1, kept: 21 });
  });

  it('keeps what a job is being created from here, whose answer is not known yet', async () => {
    await seed('creating');
    const run = await start('creating');
    const [first] = (await record(run)).items;
    if (!first) throw new Error('no item');
    const scope = await world.test.d.scope(REGION);
    const { action } = await beginAction(world.test.d.catalog, scope, {
      action: 'create',
      job: { jobCategory: 'AgentRFT', jobName: 'not-there-yet' },
      detail: { action: 'resume', from: `${first.group}/${first.version}` },
    });
    await world.test.d.prune.runUntilIdle();
    expect((await record(run, 'kept')).items.map(({ version }) => version)).toEqual([first.version]);
    await finishAction(world.test.d.catalog, action.id, { state: 'failed' });
  });

  it('pauses, goes on, and can be ended for good', async () => {
    await seed('paused');
    const run = await start('paused');
    await world.test.d.prune.tick();
    expect(await change(run, 'pause')).toMatchObject({ state: 'paused', counts: { deleted: 10 } });
    await world.test.d.prune.runUntilIdle();
    expect((await record(run)).run.counts.deleted).toBe(10);
    expect(await change(run, 'resume')).toMatchObject({ state: 'running' });
    await world.test.d.prune.tick();
    const ended = await change(run, 'end');
    expect(ended).toMatchObject({ state: 'ended', counts: { deleted: 20, waiting: 0, kept: 2 } });
    await world.test.d.prune.runUntilIdle();
    expect((await record(run)).run.counts.deleted).toBe(20);
    expect((await refusal(changePruneRun(world.test.d, REGION, run.id, 'pause'))).code).toBe('conflict');
  });

  it('goes on after the server was killed in the middle, also when an answer was lost', async () => {
    await seed('killed');
    const run = await start('killed');
    await world.test.control.setFaults([
      { operation: 'DeleteModelPackage', kind: 'broken-body', afterEffect: true, times: 4 },
    ]);
    await world.test.d.prune.tick();
    const { sql } = await import('drizzle-orm');
    // As a server leaves it that dies between the call and its answer.
    await world.test.d.catalog.db.execute(
      sql`UPDATE prune_items SET state = 1 WHERE run_id = ${run.id} AND state = 0 AND position < 5`,
    );
    await world.test.restart();
    await world.test.d.sync.runUntilIdle();
    await world.test.d.prune.runUntilIdle();
    expect((await record(run)).run).toMatchObject({ state: 'done', counts: { deleted: 22, failed: 0, waiting: 0 } });
    expect(await stepsAtAws('killed', 'model')).toEqual([12]);
  });

  it('waits while AWS asks to slow down and says so', async () => {
    await seed('throttled');
    const run = await start('throttled');
    await world.test.control.setFaults([{ operation: 'DeleteModelPackage', kind: 'throttle' }]);
    await world.test.d.prune.tick();
    const held = (await record(run)).run;
    expect(held).toMatchObject({
      state: 'running',
      trouble: { code: 'throttled' },
      counts: { waiting: 22, failed: 0 },
    });
    await world.test.control.setFaults([]);
    await world.test.d.prune.runUntilIdle();
    expect((await record(run)).run.counts.deleted, 'it waits its time').toBe(0);
    await world.test.pass(60_000);
    await world.test.d.prune.runUntilIdle();
    expect((await record(run)).run).toMatchObject({ state: 'done', counts: { deleted: 22 } });
    expect((await record(run)).run.trouble).toBeUndefined();
  });

  it('names the permission that is missing, once a group, and tries again when asked', async () => {
    await seed('denied');
    const run = await start('denied');
    await world.test.control.setFaults([{ operation: 'DeleteModelPackage', kind: 'access-denied' }]);
    await world.test.control.resetCalls();
    await world.test.d.prune.runUntilIdle();
    // Two groups; the SDK may ask a few times, for the clock of a sandbox that jumps.
    expect((await world.test.control.calls()).byOperation['SageMaker.DeleteModelPackage']).toBeLessThanOrEqual(8);
    const failed = await record(run, 'failed');
    expect(failed.run).toMatchObject({ state: 'done', counts: { failed: 22, deleted: 0 } });
    expect(failed.items[0]?.reason).toContain('sagemaker:DeleteModelPackage');
    await world.test.control.setFaults([]);
    expect(await change(run, 'retry')).toMatchObject({ state: 'running', counts: { failed: 0, waiting: 22 } });
    await world.test.d.prune.runUntilIdle();
    expect((await record(run)).run).toMatchObject({ state: 'done', counts: { deleted: 22 } });
  });

  it('does nothing where changes are shut', async () => {
    await seed('shut');
    const run = await start('shut');
    await world.test.restart({ readOnly: true });
    await world.test.d.sync.runUntilIdle();
    await world.test.d.prune.runUntilIdle();
    expect((await record(run)).run).toMatchObject({ counts: { waiting: 22 }, trouble: { code: 'read_only' } });
    expect((await refusal(changePruneRun(world.test.d, REGION, run.id, 'end'))).code).toBe('read_only');
    await world.test.restart();
    await change(run, 'end');
    expect((await refusal(getPruneRun(world.test.d, REGION, 9999, { offset: 0, limit: 1 }))).code).toBe('not_found');
  });
});
