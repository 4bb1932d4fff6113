import { readCheckpoints, readJobs } from './api/read-catalog';
import { REGION } from './cairn';
import { expect, test } from './fixtures';
import { JobsPage } from './pages/jobs-page';

test.use({
  // Slow enough that the first fill is still under way when the server is killed.
  env: { CAIRN_SYNC_CALLS_PER_SECOND: '15' },
  expectedComplaints: [/net::ERR_|Failed to load resource/],
});

test('kill -9 in the middle of the first fill loses nothing, and the open page goes on', async ({ cairn, page }) => {
  const jobs = new JobsPage(page);
  await jobs.open();
  await expect(jobs.job('code-repair-qwen3-6-27b-1120-rank64')).toBeVisible();
  const before = await readJobs(cairn);
  await cairn.restart('kill');
  const after = await readJobs(cairn);
  expect(after.map(({ jobName }) => jobName)).toEqual(expect.arrayContaining(before.map(({ jobName }) => jobName)));

  await cairn.waitForFill(120_000);
  const truth = await cairn.control.truth(REGION);
  expect((await readJobs(cairn)).length).toBe(truth.jobs.length);
  const failed = await readCheckpoints(cairn, { jobCategory: 'AgentRFT', jobName: 'support-desk-gpt-oss-20b-1120' });
  expect(failed.length).toBe(truth.packages.filter(([, , , job]) => job === 'support-desk-gpt-oss-20b-1120').length);

  await cairn.control.seedJob({ name: 'after-the-crash', outcome: 'running', startedAgo: '1m' });
  await expect(jobs.job('after-the-crash')).toBeVisible({ timeout: 45_000 });
});

test('a second start asks AWS for nothing it knows already', async ({ cairn }) => {
  await cairn.waitForFill(120_000);
  await cairn.restart('stop');
  await cairn.control.resetCalls();
  await cairn.waitForFill();
  const { byOperation } = await cairn.control.calls();
  // Only living jobs may be described again; finished ones and their checkpoints never.
  expect(byOperation['SageMaker.DescribeJob'] ?? 0).toBeLessThanOrEqual(4);
  expect(byOperation['SageMaker.BatchDescribeModelPackage'] ?? 0).toBeLessThanOrEqual(2);
});
