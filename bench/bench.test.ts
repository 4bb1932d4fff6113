import { describe, expect, it } from 'vitest';
import { callsBetween, callsBeyondIdle, sagemakerOnly } from './calls';
import { cpuMs } from './cpu';
import { treeRssMb } from './memory';
import { quantile } from './statistics';

describe('bench arithmetic', () => {
  it('takes quantiles by nearest rank', () => {
    expect(quantile([5, 1, 4, 2, 3], 0.5)).toBe(3);
    expect(quantile([1, 2], 0.95)).toBe(2);
    expect(() => quantile([], 0.5)).toThrow('no values');
  });

  it.runIf(process.platform === 'linux')('reads the CPU time of a process, which only grows', () => {
    const before = cpuMs(process.pid);
    expect(before).toBeGreaterThan(0);
    const until = process.cpuUsage().user + 60_000;
    while (process.cpuUsage().user < until);
    expect(cpuMs(process.pid)).toBeGreaterThan(before);
    expect(cpuMs(-1)).toBeNaN();
  });

  it('counts only what happened between two readings', () => {
    expect(callsBetween({ 'SageMaker.ListJobs': 3, 'STS.X': 1 }, { 'SageMaker.ListJobs': 5, 'STS.X': 1 })).toEqual({
      'SageMaker.ListJobs': 2,
    });
  });

  it('leaves other services out', () => {
    expect(sagemakerOnly({ 'SageMaker.ListJobs': 1, 'Logs.GetLogEvents': 2, 'STS.GetCallerIdentity': 3 })).toEqual({
      'SageMaker.ListJobs': 1,
    });
  });

  it('charges an action with what the idle poller does not do anyway', () => {
    const idle = { byOperation: { 'SageMaker.ListJobs': 16 }, seconds: 120 };
    const busy = { byOperation: { 'SageMaker.ListJobs': 2, 'SageMaker.DescribeJob': 4 }, seconds: 15 };
    expect(callsBeyondIdle(busy, idle)).toBe(4);
  });

  it('adds up the memory of this process', () => {
    expect(treeRssMb(process.pid)).toBeGreaterThan(10);
  });
});
