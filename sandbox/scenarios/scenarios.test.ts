import { describe, expect, it } from 'vitest';
import { truthPieces } from '../control/truth';
import { Sandbox } from '../sandbox';
import { callOperation } from '../testing/call-operation';
import { stateAt, transitionsAt } from '../world/job-state';
import { logLines } from '../world/log-lines';
import { documentTextAt } from '../world/service-output';
import { SCENARIOS } from './catalog';

const NOW = Date.UTC(2026, 10, 22, 12, 20);
const newSandbox = (scenario: string, seed = 1) => new Sandbox({ scenario, seed, speed: 0, nowMs: NOW });
const truthOf = (sandbox: Sandbox, region = 'us-west-2') => [...truthPieces(sandbox, region)].join('');
const statesOf = (sandbox: Sandbox) =>
  sandbox.world.region('us-west-2').jobs.map((job) => ({ job, ...stateAt(job, sandbox.clock.now()) }));

describe('every scenario', () => {
  it.each(SCENARIOS.map((scenario) => scenario.name).filter((name) => !name.endsWith('-thousand-jobs')))(
    '%s gives the same bytes for the same seed and another world for another',
    (name) => {
      const first = truthOf(newSandbox(name));
      expect(truthOf(newSandbox(name)) === first).toBe(true);
      if (name !== 'empty') expect(truthOf(newSandbox(name, 2)) === first).toBe(false);
    },
  );

  it.each(SCENARIOS.map((scenario) => scenario.name).filter((name) => !/^year$|-thousand-jobs$/.test(name)))(
    '%s can be looked at whole: every document and every log',
    (name) => {
      const sandbox = newSandbox(name);
      for (const region of sandbox.world.regionNames().map((known) => sandbox.world.region(known))) {
        for (const job of region.jobs) {
          expect(transitionsAt(job, NOW).length).toBeGreaterThan(0);
          expect(() => documentTextAt(region, job, NOW)).not.toThrow();
          for (const line of logLines(job, 0, NOW)) expect(line.timestamp).toBeLessThan(NOW);
        }
      }
    },
  );
});

describe('team-month', () => {
  it.each([4.5, 0.1, 12, 23.9])('has exactly one job running and the night failure behind it at %d o’clock', (hour) => {
    const sandbox = new Sandbox({ scenario: 'team-month', speed: 0, nowMs: Date.UTC(2026, 10, 22) + hour * 3_600_000 });
    const states = statesOf(sandbox);
    expect(states).toHaveLength(42);
    expect(states.filter((state) => !state.final).map((state) => state.secondaryStatus)).toEqual(['Training']);
    const night = states.filter((state) => state.jobStatus === 'Failed').at(-1);
    const ended = new Date(night?.endTime ?? 0);
    expect(ended.getUTCHours()).toBe(3);
    expect(sandbox.clock.now() - ended.getTime()).toBeLessThan(27 * 3_600_000);
  });

  it('has every kind of end, and a collapse', () => {
    const count = (word: string) =>
      statesOf(newSandbox('team-month')).filter((state) => state.secondaryStatus === word).length;
    expect({
      failed: count('Failed'),
      stopped: count('Stopped'),
      outOfTime: count('MaxRuntimeExceeded'),
      completed: count('Completed'),
    }).toEqual({ failed: 4, stopped: 2, outOfTime: 1, completed: 34 });
  });

  it('has two jobs that wrote into the same groups at the same time', () => {
    const { jobs } = newSandbox('team-month').world.region('us-west-2');
    const shared = jobs.filter((job) => job.outputGroup === 'openai-reasoning-gpt-oss-20b-mtrl-mpg');
    const overlapping = shared.filter((job) =>
      shared.some(
        (other) =>
          other !== job &&
          other.createdAt < (stateAt(job, NOW).endTime ?? NOW) &&
          job.createdAt < (stateAt(other, NOW).endTime ?? NOW),
      ),
    );
    expect(overlapping.map((job) => job.name)).toEqual(['wordle-gpt-oss-20b-1031', 'travel-booking-gpt-oss-20b-1031']);
  });
});

describe('strange-words', () => {
  it('has 100 transitions, names of 1 and 63 characters, and no document where there is none', async () => {
    const sandbox = newSandbox('strange-words');
    const describeJob = async (JobName: string) =>
      (
        await callOperation<{ SecondaryStatusTransitions: unknown[]; JobConfigDocument?: string; JobStatus: string }>(
          sandbox,
          'DescribeJob',
          { JobName, JobCategory: 'AgentRFT' },
        )
      ).body;
    expect((await describeJob('hundred-transitions')).SecondaryStatusTransitions).toHaveLength(100);
    expect((await describeJob('a')).JobStatus).toBe('Completed');
    expect((await describeJob('n'.repeat(63))).JobStatus).toBe('Completed');
    expect(await describeJob('document-missing')).not.toHaveProperty('JobConfigDocument');
    expect((await describeJob('unknown-status')).JobStatus).toBe('Quarantined');
    const cutOff = (await describeJob('document-cut-off')).JobConfigDocument ?? '';
    expect(() => JSON.parse(cutOff) as unknown).toThrow();
  });
});

describe('year', () => {
  it('is 200 jobs of 500 steps, 200,000 packages in four groups, none running', () => {
    const sandbox = newSandbox('year');
    const region = sandbox.world.region('us-west-2');
    const states = statesOf(sandbox);
    expect(states).toHaveLength(200);
    expect(states.every((state) => state.secondaryStatus === 'Completed')).toBe(true);
    const counts = [...region.groups.values()].map((group) => group.versionCount(NOW));
    expect(counts).toEqual([50_000, 50_000, 50_000, 50_000]);
  });

  it('pages through a group without a gap or a repeat', async () => {
    const sandbox = newSandbox('year');
    const seen: number[] = [];
    let NextToken: string | undefined;
    do {
      const { body } = await callOperation<{
        ModelPackageSummaryList: Array<{ ModelPackageVersion: number }>;
        NextToken?: string;
      }>(sandbox, 'ListModelPackages', {
        ModelPackageGroupName: 'year-alpha-mpg',
        SortOrder: 'Descending',
        MaxResults: 100,
        ...(NextToken !== undefined && { NextToken }),
      });
      seen.push(...body.ModelPackageSummaryList.map((summary) => summary.ModelPackageVersion));
      NextToken = body.NextToken;
    } while (NextToken !== undefined && seen.length < 60_000);
    expect(seen).toEqual(Array.from({ length: 50_000 }, (_, i) => 50_000 - i));
  });
});

describe('ten-thousand-jobs', () => {
  it('has what its name says, none of it running', () => {
    const states = statesOf(newSandbox('ten-thousand-jobs'));
    expect(states).toHaveLength(10_000);
    expect(states.every((state) => state.final)).toBe(true);
  });
});
