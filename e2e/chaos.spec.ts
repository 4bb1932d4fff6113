import type { Truth } from '../sandbox/control-client';
import { readCheckpoints, readJobs } from './api/read-catalog';
import { REGION } from './cairn';
import { expect, test } from './fixtures';

test.use({
  before: {
    faults: [
      { operation: '*', kind: 'throttle', rate: 0.3 },
      { operation: '*', kind: 'error', rate: 0.1 },
    ],
  },
});

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

/** What the sandbox knows of a job, in the API's words. */
function expectedJobs({ jobs }: Truth) {
  return jobs
    .map(({ name, category, status, secondaryStatus, creationTime, endTime, parent }) => ({
      name,
      category,
      status,
      secondaryStatus,
      creationTime: Date.parse(creationTime),
      endTime: endTime && Date.parse(endTime),
      parent: parent ? { kind: parent.kind, job: parent.job, step: parent.step } : undefined,
    }))
    .sort(byName);
}

test('with 30 % throttled and 10 % broken, the first fill completes, no page fails, and the catalog is the truth', async ({
  cairn,
  page,
}) => {
  test.setTimeout(480_000);
  const truth = await cairn.control.truth(REGION);

  await test.step('pages answer while the catalog fills', async () => {
    for (const path of ['', `/${REGION}/jobs`, `/${REGION}/jobs?status=failed&sort=duration`]) {
      const response = await page.goto(path || '/');
      expect(response?.status(), path).toBe(200);
    }
  });

  await cairn.waitForFill(420_000);

  await test.step('every job is there, as it is', async () => {
    const jobs = await readJobs(cairn);
    const told = jobs
      .map((job) => ({
        name: job.jobName,
        category: job.jobCategory,
        status: job.jobStatus,
        secondaryStatus: job.secondaryStatus,
        creationTime: Date.parse(job.creationTime),
        endTime: job.endTime && Date.parse(job.endTime),
        parent: job.parent && { kind: job.parent.kind, job: job.parent.job?.jobName ?? null, step: job.parent.step },
      }))
      .sort(byName);
    expect(told).toEqual(expectedJobs(truth));
  });

  await test.step('every checkpoint is there, with its job, its kind and its step', async () => {
    for (const { name, category } of truth.jobs) {
      const expected = truth.packages
        .filter(([, , , job, jobCategory]) => job === name && jobCategory === category)
        .map(([group, version, kind, , , step]) => `${group}/${version} ${kind} ${step}`)
        .sort();
      const told = await readCheckpoints(cairn, { jobCategory: category, jobName: name });
      expect(told.map(({ group, version, kind, step }) => `${group}/${version} ${kind} ${step}`).sort(), name).toEqual(
        expected,
      );
    }
  });

  await test.step('job pages open', async () => {
    for (const { name, category } of truth.jobs.slice(-5)) {
      for (const tab of ['', '/checkpoints', '/logs', '/config']) {
        const response = await page.goto(`/${REGION}/jobs/${category}/${name}${tab}`);
        expect(response?.status(), `${name}${tab}`).toBe(200);
        await expect(page.getByRole('heading', { name })).toBeVisible();
      }
    }
  });
});
