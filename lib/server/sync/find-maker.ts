import 'server-only';
import { type Attribution, attribute, type PackageClues } from '@/lib/checkpoints/attribute';
import { findStep } from '@/lib/checkpoints/find-step';
import { formatPackageArn } from '@/lib/checkpoints/package-arn';
import type { PackageFinding } from '../catalog/packages-writes';
import type { Scope } from '../catalog/scopes-store';
import type { StoredClues } from '../catalog/sync-reads';
import type { RegionMemory } from './region-memory';

// Between the pure rules of attribution and the rows of the catalog.

const METADATA = 'metadata:';
const TAG = 'tag:';
const GENERATED_BY = 'generatedBy';
const MAX_CARRIERS = 20;

/** What DescribeModelPackage and ListTags told, as the catalog keeps it: only texts, few of them. */
export function toCarriers(detail: {
  generatedBy?: string;
  customerMetadata: Record<string, string>;
  tags?: readonly { key: string; value: string }[];
}): Record<string, string> {
  const entries = [
    ...(detail.generatedBy ? [[GENERATED_BY, detail.generatedBy] as const] : []),
    ...Object.entries(detail.customerMetadata).map(([key, value]) => [`${METADATA}${key}`, value] as const),
    ...(detail.tags ?? []).map(({ key, value }) => [`${TAG}${key}`, value] as const),
  ];
  return Object.fromEntries(entries.slice(0, MAX_CARRIERS));
}

/** A stored package as the rules of attribution want it. */
export function toClues(
  scope: Scope,
  group: string,
  stored: Pick<StoredClues, 'version' | 'createdAt' | 's3Uri' | 'carriers'>,
): PackageClues {
  const carriers = Object.entries(stored.carriers ?? {});
  const under = (prefix: string) =>
    carriers.flatMap(([key, value]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : []));
  return {
    packageArn: formatPackageArn({ ...scope, group, version: stored.version }),
    group,
    createdMs: stored.createdAt.getTime(),
    s3Uri: stored.s3Uri,
    generatedBy: stored.carriers?.[GENERATED_BY],
    metadata: Object.fromEntries(under(METADATA)),
    tags: under(TAG).map(([key, value]) => ({ key, value })),
  };
}

/** Who made a package and of which step it is, by all that is known now. */
export function findMaker(memory: RegionMemory, clues: PackageClues): PackageFinding {
  const found = attribute(clues, memory.makerIndex());
  const step = findStep(clues);
  return {
    jobId: found?.maker.id,
    evidence: found?.by,
    evidenceDetail: found && detailOf(found),
    step: step?.step,
    stepEvidence: step?.by,
  };
}

/** Folder and clock say the same of every package; the sentence for them is not kept 200,000 times. */
const detailOf = ({ by, detail }: Attribution) => (by === 'job' || by === 'package' ? detail : undefined);

const RANK = ['none', 'time', 'path', 'package', 'job'];

/**
 * The finding that replaces what stands in the catalog; undefined when nothing does. Stronger evidence replaces weaker
 * and never the other way round, except that what only the clock said may be taken back. A counted step stays until
 * something better says one.
 */
export function improve(stored: StoredClues, found: PackageFinding): PackageFinding | undefined {
  const keepsMaker =
    stored.evidence !== 'time' && RANK.indexOf(stored.evidence) > RANK.indexOf(found.evidence ?? 'none');
  const maker = keepsMaker
    ? {
        jobId: stored.jobId,
        evidence: stored.evidence === 'none' ? undefined : stored.evidence,
        evidenceDetail: stored.evidenceDetail,
      }
    : { jobId: found.jobId, evidence: found.evidence, evidenceDetail: found.evidenceDetail };
  const sameMaker = stored.jobId === maker.jobId;
  const keepsStep = found.step === undefined && stored.stepEvidence === 'counted' && sameMaker;
  const step = keepsStep
    ? { step: stored.step, stepEvidence: 'counted' as const }
    : { step: found.step, stepEvidence: found.stepEvidence };
  const same =
    sameMaker &&
    (maker.evidence ?? 'none') === stored.evidence &&
    step.step === stored.step &&
    (step.stepEvidence ?? 'none') === stored.stepEvidence;
  return same ? undefined : { ...maker, ...step };
}
