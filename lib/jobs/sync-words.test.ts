import { describe, expect, it } from 'vitest';
import type { SyncError } from '../contract/health';
import { fillFraction, fillWords, isDenied, regionLagMs, toSyncProblems } from './sync-words';

const error = (part: Partial<SyncError>): SyncError => ({
  code: 'access_denied',
  message: 'Role lacks sagemaker:ListJobs.',
  scope: 'AgentRFT',
  since: '2026-06-03T10:00:00Z',
  lastAt: '2026-06-03T10:05:00Z',
  ...part,
});

describe('toSyncProblems', () => {
  it('says the same failure of several scopes once, since the first of them', () => {
    const problems = toSyncProblems('us-west-2', [
      error({}),
      error({ scope: 'AgentRFTEvaluation', since: '2026-06-03T09:00:00Z' }),
    ]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      title: 'AWS denies access to AgentRFT, AgentRFTEvaluation in us-west-2',
      scopes: ['AgentRFT', 'AgentRFTEvaluation'],
      since: '2026-06-03T09:00:00Z',
      fix: 'Allow the action named above in the IAM policy of the role Cairn runs with.',
    });
  });

  it('prefers what the server says mends it', () => {
    const [problem] = toSyncProblems('us-west-2', [error({ hint: 'Allow sagemaker:ListJobs.' })]);
    expect(problem?.fix).toBe('Allow sagemaker:ListJobs.');
  });

  it.each([
    ['credentials_missing', 'No AWS credentials were found'],
    ['credentials_expired', 'The AWS credentials have expired'],
    ['region_unsupported', 'us-west-2 does not offer these jobs'],
    ['throttled', 'AWS slows Cairn down in us-west-2'],
    ['aws_unreachable', 'AWS does not answer in us-west-2'],
    ['aws_failed', 'Reading AgentRFT in us-west-2 fails'],
  ] as const)('%s has words of its own', (code, title) => {
    expect(toSyncProblems('us-west-2', [error({ code })])[0]?.title).toBe(title);
  });
});

describe('isDenied', () => {
  it('is true only where nothing could ever be read', () => {
    const sync = { region: 'us-west-2', phase: 'failing' as const, errors: [error({})] };
    expect(isDenied(sync)).toBe(true);
    expect(isDenied({ ...sync, lastSuccessAt: '2026-06-03T10:00:00Z' })).toBe(false);
    expect(isDenied({ ...sync, errors: [error({ code: 'throttled' })] })).toBe(false);
    expect(isDenied(undefined)).toBe(false);
  });
});

describe('the first fill', () => {
  const fill = { jobsListed: 1240, jobsDescribed: 310, groupsDone: 3, packagesListed: 0, packagesDescribed: 0 };

  it('counts what is known and leaves out what was not met yet', () => {
    const plain = (part: object) => fillWords({ ...fill, ...part }).replaceAll('\u00a0', ' ');
    expect(plain({})).toBe('1,240 jobs found, 310 described');
    expect(plain({ groupsTotal: 8, packagesListed: 12_400, packagesDescribed: 5200 })).toBe(
      '1,240 jobs found, 310 described · 3 of 8 groups read · 12,400 packages found, 5,200 described',
    );
    expect(plain({ packagesToInspect: 1840 })).toBe(
      '1,240 jobs found, 310 described · 1,840 left to look at one by one',
    );
    expect(plain({ jobsListed: 0 })).toBe('Nothing found so far.');
  });

  it('has a fraction only once something was found', () => {
    expect(fillFraction(fill)).toBe(0.25);
    expect(fillFraction({ ...fill, jobsListed: 0, jobsDescribed: 0 })).toBeUndefined();
  });
});

describe('regionLagMs', () => {
  const health = {
    serverNow: '2026-06-03T10:00:12Z',
    sync: {
      regions: [{ region: 'eu-west-1', phase: 'live' as const, lastSuccessAt: '2026-06-03T10:00:00Z', errors: [] }],
    },
  };

  it('is the age by the clock of the server', () => {
    expect(regionLagMs(health, 'eu-west-1')).toBe(12_000);
  });

  it('is unknown for a region that was never read', () => {
    expect(regionLagMs(health, 'us-west-2')).toBeUndefined();
  });
});
