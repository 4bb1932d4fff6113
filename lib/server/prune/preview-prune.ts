import 'server-only';
import {
  type PruneListQuery,
  type PrunePreview,
  type PrunePreviewQuery,
  type PruneReason,
  type PruneRow,
  type PruneRules,
  pruneRulesSchema,
} from '@/lib/contract/prune';
import { blockedBy } from '@/lib/prune/blocked-by';
import { REASON_BITS, reasonsOf } from '@/lib/prune/judge';
import { MODEL, packageKey, RESUMABLE } from '@/lib/prune/package-columns';
import { findStatusWords } from '../catalog/prune-facts';
import type { Deployment } from '../deployment';
import { type Dependants, dependantsOf, explainKept } from './explain-kept';
import { readFacts } from './prune-facts';
import { makePrunePlan, type PrunePlan } from './prune-plan';

const KINDS = ['unknown', 'resumable', 'model'] as const;

/** What may go by these rules, what stays and why: counts, and the stretch of the list that is in sight. Asks AWS nothing. */
export async function previewPrune(d: Deployment, region: string, query: PrunePreviewQuery): Promise<PrunePreview> {
  const { offset, limit, ...list } = query;
  const { plan, rules, places } = await suggest(d, region, list);
  const { facts } = plan;
  return {
    planToken: plan.planToken,
    counts: count(plan),
    size: { knownBytes: 0, unknown: plan.go.length },
    blocked: blockedBy(facts),
    groups: [...facts.groups.values()].map(({ name }) => name).sort(),
    total: places.length,
    offset,
    rows: await toRows(d, plan, places.slice(offset, offset + limit), rules),
    asOf: d.sync.status(region).lastSuccessAt,
    awsNow: d.awsNow(region).toISOString(),
  };
}

/** The suggestion with the places of what a list of it shows. */
export async function suggest(d: Deployment, region: string, { show, why, ...words }: PruneListQuery) {
  const rules = pruneRulesSchema.parse(words);
  const scope = await d.scope(region);
  const facts = await readFacts(d.catalog, scope, { rules, filling: isFilling(d, region) });
  const plan = makePrunePlan(scope, facts, rules, d.awsNow(region).getTime());
  return { scope, plan, rules, places: listPlaces(plan, show, why) };
}

/** While jobs are still being met, nobody knows what they need. A region that fails shows what it knew. */
export function isFilling(d: Deployment, region: string): boolean {
  const { phase } = d.sync.status(region);
  return phase === 'filling' || phase === 'waiting';
}

function listPlaces({ facts, verdicts, go }: PrunePlan, show: PrunePreviewQuery['show'], why?: PruneReason): number[] {
  if (show === 'go' && !why) return go;
  const bit = why ? REASON_BITS[why] : 0;
  const places: number[] = [];
  for (let at = 0; at < facts.packages.count; at += 1) {
    const bits = verdicts.why[at] ?? 0;
    if (verdicts.looked[at] !== 1 || (why ? (bits & bit) === 0 : show === 'kept' && bits === 0)) continue;
    places.push(at);
  }
  return places;
}

function count({ facts, verdicts, go }: PrunePlan): PrunePreview['counts'] {
  const { packages } = facts;
  const patterns = new Map<number, number>();
  let looked = 0;
  for (let at = 0; at < packages.count; at += 1) {
    if (verdicts.looked[at] !== 1) continue;
    looked += 1;
    const bits = verdicts.why[at] ?? 0;
    patterns.set(bits, (patterns.get(bits) ?? 0) + 1);
  }
  const reasons: Partial<Record<PruneReason, number>> = {};
  for (const [bits, times] of patterns) {
    for (const reason of reasonsOf(bits)) reasons[reason] = (reasons[reason] ?? 0) + times;
  }
  return {
    all: packages.count,
    looked,
    go: go.length,
    kept: looked - go.length,
    goResumable: go.filter((at) => packages.kind[at] === RESUMABLE).length,
    goModel: go.filter((at) => packages.kind[at] === MODEL).length,
    goGuessed: go.filter((at) => packages.guessed[at] === 1).length,
    goJobs: new Set(go.map((at) => packages.jobId[at])).size,
    reasons,
  };
}

/** The packages at some places as people read them. */
export async function toRows(
  d: Deployment,
  plan: PrunePlan,
  places: readonly number[],
  rules: PruneRules,
): Promise<PruneRow[]> {
  const { facts, verdicts } = plan;
  const { packages, jobs, groups } = facts;
  const dependants: Dependants = dependantsOf(facts);
  const open = places.filter((at) => packages.status[at] === 0);
  const words = await findStatusWords(
    d.catalog,
    open.map((at) => ({ groupId: packages.groupId[at] ?? 0, version: packages.version[at] ?? 0 })),
  );
  return places.map((at) => {
    const groupId = packages.groupId[at] ?? 0;
    const version = packages.version[at] ?? 0;
    const step = packages.step[at] ?? -1;
    const job = jobs.get(packages.jobId[at] ?? 0);
    const key = packageKey(groupId, version);
    const packageStatus = ['Unknown', 'Completed', 'Failed'][packages.status[at] ?? 0] ?? 'Unknown';
    return {
      group: groups.get(groupId)?.name ?? '',
      version,
      kind: KINDS[packages.kind[at] ?? 0] ?? ('unknown' as const),
      packageStatus: words.get(key) ?? packageStatus,
      creationTime: new Date(packages.createdMs[at] ?? 0).toISOString(),
      step: step < 0 ? undefined : step,
      job: job?.ref,
      guessed: packages.guessed[at] === 1,
      counted: packages.counted[at] === 1,
      kept: explainKept(facts, at, verdicts.why[at] ?? 0, rules, dependants, words.get(key)),
    };
  });
}
