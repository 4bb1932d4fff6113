import { describe, expect, it } from 'vitest';
import { pruneListQuerySchema, prunePreviewQuerySchema } from '@/lib/contract/prune';
import { groupsOf, refusal, rulesOf, startPruneWorld } from '@/tests/prune-world';
import { REGION } from '@/tests/test-deployment';
import { downloadSuggestion } from './download-suggestion';
import { previewPrune } from './preview-prune';

const world = startPruneWorld();
const { seed, preview, start, change, record, proxy } = world;

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
    const answer = await downloadSuggestion(world.test.d, REGION, query, { 'x-request-id': 'r' });
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
    const same = await downloadSuggestion(world.test.d, REGION, { ...query, planToken }, {});
    expect(same.status).toBe(200);
    await same.body?.cancel();
    const other = pruneListQuerySchema.parse(rulesOf('as-seen', { nth: 4 }));
    expect((await refusal(downloadSuggestion(world.test.d, REGION, { ...other, planToken }, {}))).code).toBe(
      'plan_stale',
    );
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
    await world.test.control.seedJob({
      name: 'shared-b',
      outcome: 'completed',
      startedAgo: '8h',
      steps: 12,
      groups,
      quirks,
    });
    await seed('shared-a', { quirks, groups });
    await world.test.d.sync.nudge(REGION, { jobCategory: 'AgentRFT', jobName: 'shared-b' });
    await world.test.d.sync.runUntilIdle();
    const rules = { best: 0, group: groups.intermediate, last: '0', guessed: '1', show: 'all', limit: 500 };
    const { counts, rows } = await previewPrune(world.test.d, REGION, prunePreviewQuerySchema.parse(rules));
    expect(counts).toMatchObject({ looked: 24, go: 0, reasons: { unattributed: 24 } });
    expect(rows.every(({ job }) => job === undefined)).toBe(true);
  });

  it('keeps in a run under way what turns out to be only guessed', async () => {
    await seed('less-sure');
    const run = await start('less-sure');
    const { sql } = await import('drizzle-orm');
    await world.test.d.catalog.db.execute(sql`
      UPDATE packages p SET evidence = 1 FROM package_groups g
      WHERE g.id = p.group_id AND g.name = ${groupsOf('less-sure').output}`);
    await world.test.d.prune.runUntilIdle();
    expect((await record(run)).run.counts).toMatchObject({ deleted: 11, kept: 11 });
    expect((await record(run, 'kept')).items[0]?.reason).toContain('only guessed from the time');
  });

  it('lets nothing of a running job go, and nothing at all while a job is not described', async () => {
    await seed('going', { outcome: 'running', startedAgo: '40m' });
    const { counts } = await preview('going', { last: '0', show: 'all' });
    expect(counts.looked).toBeGreaterThan(0);
    expect(counts).toMatchObject({ go: 0, reasons: { live: counts.looked } });
    await world.test.control.setFaults([{ operation: 'DescribeJob', kind: 'access-denied' }]);
    await world.test.control.seedJob({ name: 'unknown-needs', outcome: 'running', steps: 3 });
    await world.test.pass(20_000);
    await world.test.d.sync.runUntilIdle();
    const shut = await preview('parent');
    expect(shut.counts.go).toBe(0);
    expect(shut.blocked).toContain('unknown-needs');
    await world.test.control.setFaults([]);
    await world.test.pass(600_000);
    await world.test.d.sync.runUntilIdle();
    expect((await preview('parent')).blocked).toBeUndefined();
  });

  it('lets nothing go while it cannot read what a job started from, and holds up a run that is under way', async () => {
    await seed('before-odd');
    const run = await start('before-odd');
    proxy.rewrites = (operation, answer) =>
      operation === 'DescribeJob' && answer.includes('of-another-schema')
        ? answer.replaceAll('ModelPackageConfig', 'PackagesOfTheFuture')
        : answer;
    await world.test.control.seedJob({ name: 'of-another-schema', outcome: 'running', steps: 3 });
    await world.test.pass(11_000);
    await world.test.d.prune.runUntilIdle();
    const held = (await record(run)).run;
    expect(held).toMatchObject({ state: 'running', counts: { deleted: 0, kept: 0, waiting: 22 } });
    expect(held.trouble?.message).toContain('of-another-schema');
    expect((await preview('before-odd')).blocked).toContain('does not understand the config document of');
    await change(run, 'end');
    const { DeleteJobCommand, SageMakerClient, StopJobCommand } = await import('@aws-sdk/client-sagemaker');
    const client = new SageMakerClient({ region: REGION, endpoint: world.test.url });
    const job = { JobName: 'of-another-schema', JobCategory: 'AgentRFT' as const };
    await client.send(new StopJobCommand(job));
    await world.test.pass(3_600_000);
    await client.send(new DeleteJobCommand(job));
    await world.test.pass(3_600_000);
    await world.test.d.sync.runUntilIdle();
    expect((await preview('before-odd')).blocked).toBeUndefined();
  });
});
