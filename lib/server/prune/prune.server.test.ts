import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LoggedAction } from '@/lib/contract/action-log';
import { AppError } from '@/lib/contract/app-error';
import { type PruneRun, pruneListQuerySchema, prunePreviewQuerySchema, pruneRulesSchema } from '@/lib/contract/prune';
import type { SeedJobRequest } from '@/sandbox/control-client';
import type { ProxyRules } from '@/tests/aws-proxy';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { getActionLog } from '../actions/get-action-log';
import { beginAction, finishAction } from '../catalog/actions-store';
import { findNeed } from '../catalog/prune-facts';
import { getCheckpoint } from '../checkpoints/get-checkpoint';
import { listJobCheckpoints } from '../checkpoints/list-job-checkpoints';
import { pinCheckpoint } from '../checkpoints/mark-checkpoint';
import { getJob } from '../jobs/get-job';
import { downloadSuggestion } from './download-suggestion';
import { previewPrune } from './preview-prune';
import { changePruneRun, getPruneRun, listPruneRuns } from './prune-runs';
import { startPrune } from './start-prune';

let test: TestDeployment;
/** What a test has AWS say otherwise. */
const proxy: ProxyRules = {};

beforeAll(async () => {
  // As the program that listens on 127.0.0.1 writes it down; without it, changes are shut.
  Object.assign(globalThis, { [Symbol.for('cairn.boundHost')]: '127.0.0.1' });
  test = await startTestDeployment({ scenario: 'empty', seed: 7, through: proxy });
});
afterAll(() => test?.close());
beforeEach(() => {
  proxy.rewrites = undefined;
  return test.control.setFaults([]);
});

/** A completed job of 12 steps in groups of its own, read into the catalog. */
async function seed(name: string, more: Partial<SeedJobRequest> = {}) {
  await test.control.seedJob({
    name,
    outcome: 'completed',
    startedAgo: '8h',
    steps: 12,
    groups: groupsOf(name),
    quirks: { packageEvidence: 'path', progressForm: 'step' },
    ...more,
  });
  await test.pass(20_000);
  // It lies in the past, where no list looks any more.
  await test.d.sync.nudge(REGION, { jobCategory: more.category ?? 'AgentRFT', jobName: name });
  await test.d.sync.runUntilIdle();
  return name;
}

const groupsOf = (name: string) => ({ output: `${name}-mpg`, intermediate: `${name}-checkpoint-mpg` });
/** Without the reward, which no test here reads. */
const rulesOf = (job: string, more: Record<string, unknown> = {}) => pruneRulesSchema.parse({ best: 0, job, ...more });
const preview = (job: string, more: Record<string, unknown> = {}) =>
  previewPrune(test.d, REGION, prunePreviewQuerySchema.parse({ ...rulesOf(job), limit: 500, ...more }));

async function start(job: string, more: Record<string, unknown> = {}, drop: string[] = []) {
  const rules = rulesOf(job, more);
  const { planToken, counts } = await previewPrune(test.d, REGION, prunePreviewQuerySchema.parse(rules));
  const confirm = counts.go - drop.length;
  return (await startPrune(test.d, REGION, { rules, planToken, drop, confirm })).run;
}

const change = async (run: PruneRun, what: Parameters<typeof changePruneRun>[3]) =>
  (await changePruneRun(test.d, REGION, run.id, what)).run;
const record = (run: PruneRun, state?: 'failed' | 'kept' | 'deleted') =>
  getPruneRun(test.d, REGION, run.id, { state, offset: 0, limit: 500 });
const stepsAtAws = async (job: string, kind: 'resumable' | 'model') =>
  (await test.control.truth(REGION)).packages
    .filter(([, , of, maker]) => of === kind && maker === job)
    .map(([, , , , , step]) => step);
const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw new Error(`expected an AppError, got ${String(error)}`);
};

describe('a suggestion', () => {
  it('says what may go and why the rest stays, with a child in the way', async () => {
    await seed('parent', { outcome: 'failed', failAtStep: 9 });
    await seed('child', { from: { job: 'parent', step: 4, kind: 'resume' }, startedAgo: '3h' });
    const all = await preview('parent', { show: 'all' });
    const why = Object.fromEntries(
      all.rows.filter(({ kept }) => kept.length > 0).map((row) => [`${row.kind} ${row.step}`, row.kept]),
    );
    expect(why['resumable 4']).toEqual([
      { reason: 'input', detail: 'child started from it.' },
      { reason: 'branch', detail: 'Branch point: child.' },
    ]);
    expect(why['resumable 9']?.map(({ reason }) => reason)).toEqual(['resumable', 'last']);
    expect(all.counts).toMatchObject({ looked: all.total, go: all.total - Object.keys(why).length, goJobs: 1 });
    expect(all.size).toEqual({ knownBytes: 0, unknown: all.counts.go });
    expect((await preview('parent', { why: 'input' })).rows.map(({ step }) => step)).toEqual([4]);
    expect((await preview('parent', { offset: 2, limit: 3 })).rows).toHaveLength(3);
  });

  it('is downloaded whole, with the reason of each', async () => {
    await seed('listed');
    const query = pruneListQuerySchema.parse({ ...rulesOf('listed', { nth: 4 }), show: 'all' });
    const answer = await downloadSuggestion(test.d, REGION, query, { 'x-request-id': 'r' });
    expect(answer.headers.get('content-type')).toContain('text/csv');
    const [head, ...lines] = (await answer.text()).trim().split('\r\n');
    expect(head).toBe('package_arn,kind,step,job,job_is_guessed,written,status,may_go,why');
    const { rows } = await preview('listed', { nth: 4, show: 'all' });
    expect(lines).toHaveLength(24);
    expect(lines.map((line) => line.split(',')[0]?.split('model-package/')[1])).toEqual(
      rows.map(({ group, version }) => `${group}/${version}`),
    );
    expect(lines.find((line) => line.includes(',model,4,listed,no,'))).toMatch(/,no,Step 4 is a multiple of 4\.$/);
    expect(lines.filter((line) => line.includes(',yes,"No rule keeps it'))).toHaveLength(18);
  });

  it('is downloaded beside a confirmation only while it is the list that was looked at', async () => {
    await seed('as-seen');
    const { planToken } = await preview('as-seen');
    const query = pruneListQuerySchema.parse(rulesOf('as-seen'));
    const same = await downloadSuggestion(test.d, REGION, { ...query, planToken }, {});
    expect(same.status).toBe(200);
    await same.body?.cancel();
    const other = pruneListQuerySchema.parse(rulesOf('as-seen', { nth: 4 }));
    expect((await refusal(downloadSuggestion(test.d, REGION, { ...other, planToken }, {}))).code).toBe('plan_stale');
  });

  it('keeps what only the clock says the job of, unless that is asked for, and what nobody is known to have made', async () => {
    const quirks = { packageEvidence: 'none', checkpointFields: 'absent', progressForm: 'step' } as const;
    await seed('by-clock', { quirks });
    const kept = await preview('by-clock', { last: '0', show: 'all' });
    // The job names its output.
    expect(kept.counts).toMatchObject({ looked: 24, go: 1, reasons: { guessed: 23 } });
    expect(kept.rows.filter(({ guessed }) => !guessed).map(({ kind, step }) => [kind, step])).toEqual([['model', 12]]);
    expect(kept.rows[0]?.kept[0]?.detail).toContain('only guessed from the time');
    expect((await preview('by-clock', { last: '0', guessed: '1' })).counts).toMatchObject({ go: 24, goGuessed: 23 });

    // Two at a time in the same groups: nobody knows whose is whose, and no rule helps.
    const groups = groupsOf('shared');
    await test.control.seedJob({ name: 'shared-b', outcome: 'completed', startedAgo: '8h', steps: 12, groups, quirks });
    await seed('shared-a', { quirks, groups });
    await test.d.sync.nudge(REGION, { jobCategory: 'AgentRFT', jobName: 'shared-b' });
    await test.d.sync.runUntilIdle();
    const rules = { best: 0, group: groups.intermediate, last: '0', guessed: '1', show: 'all', limit: 500 };
    const { counts, rows } = await previewPrune(test.d, REGION, prunePreviewQuerySchema.parse(rules));
    expect(counts).toMatchObject({ looked: 24, go: 0, reasons: { unattributed: 24 } });
    expect(rows.every(({ job }) => job === undefined)).toBe(true);
  });

  it('keeps in a run under way what turns out to be only guessed', async () => {
    await seed('less-sure');
    const run = await start('less-sure');
    const { sql } = await import('drizzle-orm');
    await test.d.catalog.db.execute(sql`
      UPDATE packages p SET evidence = 1 FROM package_groups g
      WHERE g.id = p.group_id AND g.name = ${groupsOf('less-sure').output}`);
    await test.d.prune.runUntilIdle();
    expect((await record(run)).run.counts).toMatchObject({ deleted: 11, kept: 11 });
    expect((await record(run, 'kept')).items[0]?.reason).toContain('only guessed from the time');
  });

  it('lets nothing of a running job go, and nothing at all while a job is not described', async () => {
    await seed('going', { outcome: 'running', startedAgo: '40m' });
    const { counts } = await preview('going', { last: '0', show: 'all' });
    expect(counts.looked).toBeGreaterThan(0);
    expect(counts).toMatchObject({ go: 0, reasons: { live: counts.looked } });
    await test.control.setFaults([{ operation: 'DescribeJob', kind: 'access-denied' }]);
    await test.control.seedJob({ name: 'unknown-needs', outcome: 'running', steps: 3 });
    await test.pass(20_000);
    await test.d.sync.runUntilIdle();
    const shut = await preview('parent');
    expect(shut.counts.go).toBe(0);
    expect(shut.blocked).toContain('unknown-needs');
    await test.control.setFaults([]);
    await test.pass(600_000);
    await test.d.sync.runUntilIdle();
    expect((await preview('parent')).blocked).toBeUndefined();
  });

  it('lets nothing go while it cannot read what a job started from, and holds up a run that is under way', async () => {
    await seed('before-odd');
    const run = await start('before-odd');
    proxy.rewrites = (operation, answer) =>
      operation === 'DescribeJob' && answer.includes('of-another-schema')
        ? answer.replaceAll('ModelPackageConfig', 'PackagesOfTheFuture')
        : answer;
    await test.control.seedJob({ name: 'of-another-schema', outcome: 'running', steps: 3 });
    await test.pass(11_000);
    await test.d.prune.runUntilIdle();
    const held = (await record(run)).run;
    expect(held).toMatchObject({ state: 'running', counts: { deleted: 0, kept: 0, waiting: 22 } });
    expect(held.trouble?.message).toContain('of-another-schema');
    expect((await preview('before-odd')).blocked).toContain('does not understand the config document of');
    await change(run, 'end');
    const { DeleteJobCommand, SageMakerClient, StopJobCommand } = await import('@aws-sdk/client-sagemaker');
    const client = new SageMakerClient({ region: REGION, endpoint: test.url });
    const job = { JobName: 'of-another-schema', JobCategory: 'AgentRFT' as const };
    await client.send(new StopJobCommand(job));
    await test.pass(3_600_000);
    await client.send(new DeleteJobCommand(job));
    await test.pass(3_600_000);
    await test.d.sync.runUntilIdle();
    expect((await preview('before-odd')).blocked).toBeUndefined();
  });
});

describe('a clean-up', () => {
  it('deletes what was looked at and nothing else, and the catalog remembers what is gone', async () => {
    await seed('whole');
    const run = await start('whole', { nth: 4 });
    await test.d.prune.runUntilIdle();
    expect(await stepsAtAws('whole', 'resumable')).toEqual([4, 8, 12]);
    expect(await stepsAtAws('whole', 'model')).toEqual([4, 8, 12]);
    const { run: after, items } = await record(run);
    expect(after).toMatchObject({ state: 'done', total: 18, counts: { deleted: 18, waiting: 0, failed: 0, kept: 0 } });
    expect(after.who).toMatch(/^arn:aws:/);
    expect(items.every(({ state }) => state === 'deleted')).toBe(true);

    const job = { jobCategory: 'AgentRFT', jobName: 'whole' } as const;
    expect((await getJob(test.d, REGION, job)).job.checkpoints).toMatchObject({ resumable: 3, model: 3 });
    const list = await listJobCheckpoints(test.d, REGION, job, { limit: 100 });
    expect(list).toMatchObject({ total: 6, deleted: 18 });
    expect(list.checkpoints.map(({ packageStatus }) => packageStatus)).not.toContain('Deleted');
    const whole = await listJobCheckpoints(test.d, REGION, job, { limit: 100, deleted: '1' });
    expect(whole.checkpoints).toHaveLength(24);
    const [gone] = items;
    if (!gone) throw new Error('no item');
    expect((await getCheckpoint(test.d, REGION, gone.group, gone.version)).checkpoint.packageStatus).toBe('Deleted');
    // A page that was asked for before the deletion must not bring them back.
    await test.pass(600_000);
    await test.d.sync.runUntilIdle();
    expect((await preview('whole', { nth: 4, show: 'all' })).counts).toMatchObject({ looked: 6, go: 0 });

    const { actions } = await getActionLog(test.d, REGION, { limit: 200 });
    const entry = actions.find(({ action }) => action === 'prune');
    expect(entry).toMatchObject({ state: 'done', answer: '18 deleted, 0 failed, 0 kept.', detail: { count: 18 } });
    const ofRun = (action: LoggedAction) => action.action === 'delete-checkpoint' && action.detail?.prune === run.id;
    expect(actions.filter(ofRun)).toHaveLength(18);
    expect((await listPruneRuns(test.d, REGION)).runs.map(({ id }) => id)).toContain(run.id);
  });

  it('leaves out what was dropped by hand, and is one run however often it is started', async () => {
    await seed('dropped');
    const rules = rulesOf('dropped');
    const { planToken, counts, rows } = await preview('dropped');
    const drop = rows.slice(0, 3).map(({ group, version }) => `${group}/${version}`);
    const body = { rules, planToken, drop, confirm: counts.go - 3 };
    const [one, two] = await Promise.all([startPrune(test.d, REGION, body), startPrune(test.d, REGION, body)]);
    expect(one.run.id).toBe(two.run.id);
    expect([one.created, two.created].sort()).toEqual([false, true]);
    expect((await refusal(startPrune(test.d, REGION, { ...body, drop: [], confirm: counts.go }))).code).toBe(
      'conflict',
    );
    await test.d.prune.runUntilIdle();
    const left = (await test.control.truth(REGION)).packages.map(([group, version]) => `${group}/${version}`);
    expect(left).toEqual(expect.arrayContaining(drop));
    expect((await record(one.run)).run.counts.deleted).toBe(counts.go - 3);
  });

  it('is refused when the list has changed, and when the number typed is another', async () => {
    await seed('stale');
    const rules = rulesOf('stale');
    const { planToken, counts, rows } = await preview('stale');
    const wrong = await refusal(startPrune(test.d, REGION, { rules, planToken, drop: [], confirm: counts.go + 1 }));
    expect(wrong).toMatchObject({ code: 'unprocessable', field: 'confirm' });
    const [first] = rows;
    if (!first) throw new Error('nothing may go');
    await pinCheckpoint(test.d, REGION, first, true);
    const stale = await refusal(startPrune(test.d, REGION, { rules, planToken, drop: [], confirm: counts.go }));
    expect(stale.code).toBe('plan_stale');
    expect((await listPruneRuns(test.d, REGION)).runs.every(({ state }) => state !== 'running')).toBe(true);
  });

  it('keeps what a job came to start from while it was under way, and what was approved elsewhere', async () => {
    await seed('busy');
    const run = await start('busy');
    await test.d.prune.tick();
    const waiting = (await record(run)).items.filter(({ state }) => state === 'waiting');
    const [, , needed, approved] = waiting.filter(({ kind }) => kind === 'model');
    if (!needed?.step || !approved) throw new Error('too little is left');
    // By another program: Cairn's own log knows nothing of it, and its lists have not been read since.
    await test.control.seedJob({
      name: 'late-eval',
      category: 'AgentRFTEvaluation',
      outcome: 'running',
      from: { job: 'busy', step: needed.step, kind: 'evaluate' },
    });
    const { SageMakerClient, UpdateModelPackageCommand } = await import('@aws-sdk/client-sagemaker');
    const client = new SageMakerClient({ region: REGION, endpoint: test.url });
    await client.send(
      new UpdateModelPackageCommand({
        ModelPackageArn: (await getCheckpoint(test.d, REGION, approved.group, approved.version)).checkpoint.packageArn,
        ModelApprovalStatus: 'Approved',
      }),
    );
    await test.pass(11_000);
    await test.d.prune.runUntilIdle();
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
    await test.d.catalog.db.execute(sql`
      UPDATE prune_items SET created_at = created_at - interval '1 day' WHERE run_id = ${run.id} AND position = 0`);
    await test.d.catalog.db.execute(sql`
      UPDATE packages p SET job_id = (SELECT id FROM jobs WHERE name = 'other-job')
      FROM package_groups g WHERE g.id = p.group_id AND g.name = ${moved.group} AND p.version = ${moved.version}`);
    await test.d.prune.runUntilIdle();
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
    const { packageArn } = (await getCheckpoint(test.d, REGION, approved.group, approved.version)).checkpoint;
    await new SageMakerClient({ region: REGION, endpoint: test.url }).send(
      new UpdateModelPackageCommand({ ModelPackageArn: packageArn, ModelApprovalStatus: 'Approved' }),
    );
    proxy.rewrites = (operation, answer) =>
      operation === 'BatchDescribeModelPackage'
        ? JSON.stringify({ ModelPackageSummaries: {}, BatchDescribeModelPackageErrorMap: {} })
        : answer;
    await test.pass(11_000);
    await test.d.prune.runUntilIdle();
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
      test.d.catalog.db.execute(sql`UPDATE prune_items SET state = ${code} WHERE run_id = ${run.id} AND position = 0`);
    await state(1);
    expect((await refusal(pinCheckpoint(test.d, REGION, going, true))).code).toBe('unprocessable');
    await pinCheckpoint(test.d, REGION, going, false);
    await state(0);
    await pinCheckpoint(test.d, REGION, pinned, true);
    // What is looked at once more after an item was taken, when the handful was judged before the pin.
    const scope = await test.d.scope(REGION);
    expect(await findNeed(test.d.catalog, scope, pinned, run.rules)).toBe('Somebody wants it kept.');
    expect(await findNeed(test.d.catalog, scope, going, run.rules)).toBeUndefined();
    await change(run, 'end');
  });

  it('settles what a server that died left half deleted in a run that was ended', async () => {
    await seed('ended-late');
    const run = await start('ended-late');
    const { sql } = await import('drizzle-orm');
    await test.d.catalog.db.execute(sql`UPDATE prune_items SET state = 1 WHERE run_id = ${run.id} AND position = 0`);
    await change(run, 'end');
    await test.restart();
    await test.d.sync.runUntilIdle();
    await test.d.prune.tick();
    const [lost] = (await record(run, 'failed')).items;
    expect(lost?.reason).toContain('Cairn ended before AWS had answered');
    expect((await record(run)).run.counts).toMatchObject({ deleting: 0, failed: 1, kept: 21 });
  });

  it('keeps what a job is being created from here, whose answer is not known yet', async () => {
    await seed('creating');
    const run = await start('creating');
    const [first] = (await record(run)).items;
    if (!first) throw new Error('no item');
    const scope = await test.d.scope(REGION);
    const { action } = await beginAction(test.d.catalog, scope, {
      action: 'create',
      job: { jobCategory: 'AgentRFT', jobName: 'not-there-yet' },
      detail: { action: 'resume', from: `${first.group}/${first.version}` },
    });
    await test.d.prune.runUntilIdle();
    expect((await record(run, 'kept')).items.map(({ version }) => version)).toEqual([first.version]);
    await finishAction(test.d.catalog, action.id, { state: 'failed' });
  });

  it('pauses, goes on, and can be ended for good', async () => {
    await seed('paused');
    const run = await start('paused');
    await test.d.prune.tick();
    expect(await change(run, 'pause')).toMatchObject({ state: 'paused', counts: { deleted: 10 } });
    await test.d.prune.runUntilIdle();
    expect((await record(run)).run.counts.deleted).toBe(10);
    expect(await change(run, 'resume')).toMatchObject({ state: 'running' });
    await test.d.prune.tick();
    const ended = await change(run, 'end');
    expect(ended).toMatchObject({ state: 'ended', counts: { deleted: 20, waiting: 0, kept: 2 } });
    await test.d.prune.runUntilIdle();
    expect((await record(run)).run.counts.deleted).toBe(20);
    expect((await refusal(changePruneRun(test.d, REGION, run.id, 'pause'))).code).toBe('conflict');
  });

  it('goes on after the server was killed in the middle, also when an answer was lost', async () => {
    await seed('killed');
    const run = await start('killed');
    await test.control.setFaults([
      { operation: 'DeleteModelPackage', kind: 'broken-body', afterEffect: true, times: 4 },
    ]);
    await test.d.prune.tick();
    const { sql } = await import('drizzle-orm');
    // As a server leaves it that dies between the call and its answer.
    await test.d.catalog.db.execute(
      sql`UPDATE prune_items SET state = 1 WHERE run_id = ${run.id} AND state = 0 AND position < 5`,
    );
    await test.restart();
    await test.d.sync.runUntilIdle();
    await test.d.prune.runUntilIdle();
    expect((await record(run)).run).toMatchObject({ state: 'done', counts: { deleted: 22, failed: 0, waiting: 0 } });
    expect(await stepsAtAws('killed', 'model')).toEqual([12]);
  });

  it('waits while AWS asks to slow down and says so', async () => {
    await seed('throttled');
    const run = await start('throttled');
    await test.control.setFaults([{ operation: 'DeleteModelPackage', kind: 'throttle' }]);
    await test.d.prune.tick();
    const held = (await record(run)).run;
    expect(held).toMatchObject({
      state: 'running',
      trouble: { code: 'throttled' },
      counts: { waiting: 22, failed: 0 },
    });
    await test.control.setFaults([]);
    await test.d.prune.runUntilIdle();
    expect((await record(run)).run.counts.deleted, 'it waits its time').toBe(0);
    await test.pass(60_000);
    await test.d.prune.runUntilIdle();
    expect((await record(run)).run).toMatchObject({ state: 'done', counts: { deleted: 22 } });
    expect((await record(run)).run.trouble).toBeUndefined();
  });

  it('names the permission that is missing, once a group, and tries again when asked', async () => {
    await seed('denied');
    const run = await start('denied');
    await test.control.setFaults([{ operation: 'DeleteModelPackage', kind: 'access-denied' }]);
    await test.control.resetCalls();
    await test.d.prune.runUntilIdle();
    // Two groups; the SDK may ask a few times, for the clock of a sandbox that jumps.
    expect((await test.control.calls()).byOperation['SageMaker.DeleteModelPackage']).toBeLessThanOrEqual(8);
    const failed = await record(run, 'failed');
    expect(failed.run).toMatchObject({ state: 'done', counts: { failed: 22, deleted: 0 } });
    expect(failed.items[0]?.reason).toContain('sagemaker:DeleteModelPackage');
    await test.control.setFaults([]);
    expect(await change(run, 'retry')).toMatchObject({ state: 'running', counts: { failed: 0, waiting: 22 } });
    await test.d.prune.runUntilIdle();
    expect((await record(run)).run).toMatchObject({ state: 'done', counts: { deleted: 22 } });
  });

  it('does nothing where changes are shut', async () => {
    await seed('shut');
    const run = await start('shut');
    await test.restart({ readOnly: true });
    await test.d.sync.runUntilIdle();
    await test.d.prune.runUntilIdle();
    expect((await record(run)).run).toMatchObject({ counts: { waiting: 22 }, trouble: { code: 'read_only' } });
    expect((await refusal(changePruneRun(test.d, REGION, run.id, 'end'))).code).toBe('read_only');
    await test.restart();
    await change(run, 'end');
    expect((await refusal(getPruneRun(test.d, REGION, 9999, { offset: 0, limit: 1 }))).code).toBe('not_found');
  });
});
