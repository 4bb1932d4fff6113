import 'server-only';
import { createHash } from 'node:crypto';
import type { JobRequest } from '@/lib/actions/build-resume-request';

/** Everything a plan is about. Two plans with the same token send the same bytes to the same account. */
export interface PlanSubject {
  region: string;
  account: string;
  action: 'resume' | 'iterate' | 'evaluate';
  /** `group/version` of the checkpoint, or whose base model. */
  source: string;
  request: JobRequest;
}

const PART_LENGTH = 10;

/** The parts a token keeps apart, so that a stale one can say what is different now. */
const PARTS = [
  ['the account or region', ({ account, region }: PlanSubject) => [account, region]],
  ['the action or its checkpoint', ({ action, source }: PlanSubject) => [action, source]],
  ['the job name', ({ request }: PlanSubject) => [request.JobName]],
  ['the tags', ({ request }: PlanSubject) => request.Tags ?? []],
  [
    'the role, category or schema version',
    ({ request }: PlanSubject) => [request.RoleArn, request.JobCategory, request.JobConfigSchemaVersion],
  ],
  ['the config document', ({ request }: PlanSubject) => [request.JobConfigDocument]],
] as const;

const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('base64url');

/**
 * The token of a plan: its job name in the clear, then a hash of everything together and a short one of each part. It
 * is no secret and gives no right: who holds it only proves which plan was looked at.
 */
export function makePlanToken(subject: PlanSubject): string {
  const values = PARTS.map(([, read]) => read(subject));
  return ['p1', subject.request.JobName, digest(values), ...values.map((v) => digest(v).slice(0, PART_LENGTH))].join(
    '.',
  );
}

/** The job name a token was made for; undefined when it is no token of ours. */
export function readPlannedName(token: string): string | undefined {
  const parts = token.split('.');
  return parts.length === 3 + PARTS.length && parts[0] === 'p1' && parts[1] ? parts[1] : undefined;
}

/**
 * What differs between the plan a token was made for and the plan as it is now, in words; empty when nothing does. A text
 * that is no token differs in everything.
 */
export function stalePlanParts(token: string, subject: PlanSubject): string[] {
  const fresh = makePlanToken(subject);
  if (token === fresh) return [];
  const old = token.split('.').slice(3);
  const now = fresh.split('.').slice(3);
  const known = readPlannedName(token) !== undefined;
  const changed = PARTS.flatMap(([name], index) => (known && old[index] === now[index] ? [] : [name]));
  return changed.length > 0 ? changed : ['the plan itself'];
}
