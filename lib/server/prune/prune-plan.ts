import 'server-only';
import { createHash } from 'node:crypto';
import { AppError } from '@/lib/contract/app-error';
import type { PruneRules } from '@/lib/contract/prune';
import { judge, type Verdicts } from '@/lib/prune/judge';
import type { PruneFacts } from '@/lib/prune/prune-facts';
import type { Scope } from '../catalog/scopes-store';

/** A suggestion: what may go, by the places of the facts, and a token that stands for exactly that. */
export interface PrunePlan {
  facts: PruneFacts;
  verdicts: Verdicts;
  go: number[];
  planToken: string;
}

/** Judges everything and puts the outcome under one token. Equal tokens delete equal packages of one account. */
export function makePrunePlan(scope: Scope, facts: PruneFacts, rules: PruneRules, nowMs: number): PrunePlan {
  const verdicts = judge(facts, rules, nowMs);
  const { why, looked } = verdicts;
  const { packages } = facts;
  const go: number[] = [];
  for (let at = 0; at < packages.count; at += 1) if (why[at] === 0 && looked[at] === 1) go.push(at);
  const list = new Int32Array(2 * go.length);
  for (const [i, at] of go.entries()) {
    list[2 * i] = packages.groupId[at] ?? 0;
    list[2 * i + 1] = packages.version[at] ?? 0;
  }
  const words = JSON.stringify([scope.account, scope.partition, scope.region, Object.entries(rules).sort()]);
  const planToken = `d1.${createHash('sha256').update(words).update(new Uint8Array(list.buffer)).digest('base64url')}`;
  return { facts, verdicts, go, planToken };
}

/** The list moved on since somebody looked at it. */
export const planStale = () =>
  new AppError('plan_stale', 'The list of what may go is not the one you looked at any more.', {
    hint: 'Look at the list as it is now and confirm it again.',
  });
