import { DeleteModelPackageCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prunePreviewQuerySchema, pruneRulesSchema } from '@/lib/contract/prune';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { listJobCheckpoints } from '../checkpoints/list-job-checkpoints';
import { previewPrune } from '../prune/preview-prune';
import { startPrune } from '../prune/start-prune';
import { listJobEvents } from './list-job-events';

let test: TestDeployment;
/** Requests for deletions of packages. */
const asked: unknown[] = [];

beforeAll(async () => {
  Object.assign(globalThis, { [Symbol.for('cairn.boundHost')]: '127.0.0.1' });
  test = await startTestDeployment({
    scenario: 'empty',
    through: {
      denies: (operation, body) => {
        if (operation === 'LookupEvents' && body.includes('DeleteModelPackage')) asked.push(JSON.parse(body));
        return false;
      },
    },
  });
});
afterAll(() => test?.close());

const ref = (jobName: string) => ({ jobCategory: 'AgentRFT' as const, jobName });

async function seed(name: string, steps: number, startedAgo: string) {
  await test.control.seedJob({
    name,
    outcome: 'completed',
    steps,
    startedAgo,
    groups: { output: 'team-mpg', intermediate: 'team-checkpoint-mpg' },
    quirks: { packageEvidence: 'path', progressForm: 'step' },
  });
}

async function prune(job: string): Promise<number> {
  const rules = pruneRulesSchema.parse({ best: 0, job });
  const { planToken, counts } = await previewPrune(test.d, REGION, prunePreviewQuerySchema.parse(rules));
  await startPrune(test.d, REGION, { rules, planToken, drop: [], confirm: counts.go });
  await test.d.prune.runUntilIdle();
  return counts.go;
}

/** Somebody deletes the newest checkpoints of a job without Cairn. */
async function deleteByHand(job: string, count: number) {
  const client = new SageMakerClient({ region: REGION, endpoint: test.url });
  const { checkpoints } = await listJobCheckpoints(test.d, REGION, ref(job), { limit: count });
  for (const { packageArn } of checkpoints) {
    await client.send(new DeleteModelPackageCommand({ ModelPackageName: packageArn }));
  }
}

async function eventsOf(job: string) {
  for (;;) {
    const { events, trail } = await listJobEvents(test.d, REGION, ref(job));
    if (trail.state !== 'reading') return events.map(({ name, source, title }) => [name, source, title]);
  }
}

it('a clean-up is one line among the events of its job and costs CloudTrail nothing; what others deleted is found', async () => {
  await seed('many', 60, '30h');
  await seed('neighbour', 12, '8h');
  await test.d.sync.runUntilIdle();
  expect(await prune('many')).toBe(118);
  await test.pass(1_800_000);
  await deleteByHand('many', 1);
  await deleteByHand('neighbour', 2);
  await test.pass(3_600_000);
  // The ledger is written by the clock of the machine, which stood still meanwhile.
  await test.d.catalog.db.execute(sql`UPDATE actions SET started_at = started_at - interval '90 minutes'`);

  expect(await eventsOf('many')).toEqual([
    // By the clock of the machine, too.
    ['prune', 'cairn', 'Cairn: prune, 118\u00a0checkpoints deleted'],
    ['DeleteModelPackage', 'cloudtrail', 'Deleted a checkpoint'],
    ['CreateJob', 'cloudtrail', 'Created the job'],
  ]);
  expect(await eventsOf('neighbour')).toEqual([
    ['DeleteModelPackage', 'cloudtrail', 'Deleted a checkpoint'],
    ['DeleteModelPackage', 'cloudtrail', 'Deleted a checkpoint'],
    ['CreateJob', 'cloudtrail', 'Created the job'],
  ]);
  // One page before the clean-up, one after it, and the newest minutes again.
  expect(asked.length).toBeLessThanOrEqual(4);
  const [{ kept } = { kept: 0 }] = (
    await test.d.catalog.db.execute<{ kept: number }>(
      sql`SELECT count(*)::integer AS kept FROM trail_events WHERE name = 'DeleteModelPackage'`,
    )
  ).rows;
  expect(kept).toBe(3);
}, 60_000);
