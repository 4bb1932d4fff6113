import { describe, expect, it } from 'vitest';
import { makeRequest } from '@/lib/actions/test-data';
import { makePlanToken, type PlanSubject, readPlannedName, stalePlanParts } from './plan-token';

const subject: PlanSubject = {
  region: 'us-west-2',
  account: '123456789012',
  action: 'resume',
  source: 'desk-checkpoint-mpg/41',
  request: makeRequest(),
};
const token = makePlanToken(subject);

describe('the token of a plan', () => {
  it('is the same for the same plan, names the job and fits its field', () => {
    expect(makePlanToken({ ...subject, request: makeRequest() })).toBe(token);
    expect(readPlannedName(token)).toBe('desk-r2-s41');
    expect(token.length).toBeLessThan(512);
    expect(stalePlanParts(token, subject)).toEqual([]);
  });

  it.each<[string, Partial<PlanSubject>]>([
    ['the account or region', { account: '999999999999' }],
    ['the account or region', { region: 'us-east-1' }],
    ['the action or its checkpoint', { source: 'desk-checkpoint-mpg/42' }],
    ['the job name', { request: { ...makeRequest(), JobName: 'other' } }],
    ['the tags', { request: { ...makeRequest(), Tags: [{ Key: 'team', Value: 'support ' }] } }],
    ['the role, category or schema version', { request: { ...makeRequest(), RoleArn: 'other' } }],
    [
      'the config document',
      { request: { ...makeRequest(), JobConfigDocument: `${makeRequest().JobConfigDocument} ` } },
    ],
  ])('says that %s changed', (part, change) => {
    expect(stalePlanParts(token, { ...subject, ...change })).toEqual([part]);
  });

  it('takes no text of anybody else for a token', () => {
    for (const text of ['x', 'p1.desk', 'p2.a.b.c.d.e.f.g.h', '........', `${token}.`]) {
      expect(readPlannedName(text)).toBeUndefined();
      expect(stalePlanParts(text, subject)).toHaveLength(6);
    }
    const [version, name, whole = '', ...parts] = token.split('.');
    const forged = [version, name, `A${whole.slice(1)}`, ...parts].join('.');
    expect(stalePlanParts(forged, subject)).toEqual(['the plan itself']);
  });
});
