import { describe, expect, it } from 'vitest';
import { fault, job, startActionsWorld } from '@/tests/actions-world';
import { REGION } from '@/tests/test-deployment';
import { getJob } from '../jobs/get-job';
import { deleteJob } from './delete-job';
import { stopJob } from './stop-job';

const world = startActionsWorld({ failed: 1 });
const { failedJob, runningJob, callsOf, jobsNamed } = world;

describe('stopping and deleting', () => {
  it('stops a running job once, and knows one that has ended', async () => {
    const name = await runningJob('to-stop');
    await world.control.resetCalls();
    const [first, second] = await Promise.all([
      stopJob(world.d, REGION, job(name)),
      stopJob(world.d, REGION, job(name)),
    ]);
    expect(first).toEqual({ ...job(name), jobStatus: 'Stopping', alreadyFinal: false });
    expect(second).toEqual(first);
    expect(await stopJob(world.d, REGION, job(name))).toMatchObject({ jobStatus: 'Stopping', alreadyFinal: false });
    expect(await callsOf('StopJob')).toBe(1);
    expect((await getJob(world.d, REGION, job(name))).job.jobStatus).toBe('Stopping');

    await world.test.pass(600_000);
    expect(await stopJob(world.d, REGION, job(name))).toEqual({
      ...job(name),
      jobStatus: 'Stopped',
      alreadyFinal: true,
    });
    expect((await getJob(world.d, REGION, job(name))).job.jobStatus).toBe('Stopped');
  });

  it('takes a lost answer to a stop for what it was', async () => {
    const name = await runningJob('stop-unheard');
    await world.control.setFaults([fault({ operation: 'StopJob', kind: 'broken-body', afterEffect: true })]);
    expect(await stopJob(world.d, REGION, job(name))).toMatchObject({ jobStatus: 'Stopping' });
  });

  it('deletes what has ended, remembers it, and deletes nothing twice', async () => {
    const running = await runningJob('not-to-delete');
    await expect(deleteJob(world.d, REGION, job(running))).rejects.toMatchObject({
      code: 'conflict',
      hint: expect.stringContaining('Stop it first'),
    });
    await stopJob(world.d, REGION, job(running));

    const name = failedJob();
    expect(await deleteJob(world.d, REGION, job(name))).toEqual({ ...job(name), deleted: true });
    expect(await deleteJob(world.d, REGION, job(name))).toMatchObject({ deleted: true });
    await world.test.pass(600_000);
    expect(await jobsNamed(name)).toEqual([]);
    expect(await deleteJob(world.d, REGION, job(name))).toMatchObject({ deleted: true });
    expect((await getJob(world.d, REGION, job(name))).job.deletedAt).toBeDefined();
  });

  it('knows no job nobody ever had', async () => {
    await expect(stopJob(world.d, REGION, job('never'))).rejects.toMatchObject({ code: 'not_found' });
    await expect(deleteJob(world.d, REGION, job('never'))).rejects.toMatchObject({ code: 'not_found' });
  });
});
