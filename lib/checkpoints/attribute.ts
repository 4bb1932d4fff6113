import type { EvidenceKind } from '../contract/checkpoints';
import { groupKey, groupsOf, type Maker, type MakerIndex } from './maker-index';
import { pathSegments } from './path-segments';

/** What is known of one package. The last four come from DescribeModelPackage and ListTags, for which few are asked. */
export interface PackageClues {
  packageArn: string;
  group: string;
  createdMs: number;
  s3Uri?: string;
  generatedBy?: string;
  metadata?: Record<string, string>;
  tags?: readonly { key: string; value: string }[];
}

/** Which job made a package, and how that is known. */
export interface Attribution {
  maker: Maker;
  by: EvidenceKind;
  /** Shown to people: what exactly was found. */
  detail: string;
}

/** A job's clock and a package's are AWS's own; a minute covers that they are different services. */
const START_SLACK_MS = 60_000;
/** How long after its end a job may still register a package: promotion is best effort and comes late (assumption). */
export const END_SLACK_MS = 15 * 60_000;

/**
 * Finds the job that made a package by the strongest evidence there is: the job names it, it names the job, its S3 path
 * holds the job's name, or only one job of its group ran then. Evidence that points at two jobs points at none, and does
 * not fall back to a weaker kind: the package stays unattributed. No job made a package that is older than itself.
 */
export function attribute(clues: PackageClues, index: MakerIndex): Attribution | undefined {
  for (const find of [namedByJob, namedByPackage, namedByPath]) {
    const found = find(clues, index).filter(({ maker }) => maker.createdMs - START_SLACK_MS <= clues.createdMs);
    const [first] = found;
    if (!first) continue;
    return found.every(({ maker }) => maker.id === first.maker.id) ? first : undefined;
  }
  return aloneThen(clues, index);
}

function namedByJob({ packageArn }: PackageClues, { naming }: MakerIndex): Attribution[] {
  return (naming.get(packageArn) ?? []).map(({ maker, key }) => ({
    maker,
    by: 'job',
    detail: `ServiceOutput.${key} names this package`,
  }));
}

/** A key that speaks of where a package came from before this job, or of something else than a job. */
const OTHER_JOB = /parent|input|source|base|resum|previous|start/i;
const ABOUT_A_JOB = /job|generated|run|made/i;

function namedByPackage({ generatedBy, metadata, tags }: PackageClues, index: MakerIndex): Attribution[] {
  const found: Attribution[] = [];
  const look = (value: string, detail: string, mayBeName: boolean) => {
    const maker = index.byArn.get(value) ?? (mayBeName ? index.byName.get(value) : undefined);
    if (maker) found.push({ maker, by: 'package', detail });
  };
  if (generatedBy) look(generatedBy, 'MetadataProperties.GeneratedBy names the job', true);
  for (const [key, value] of Object.entries(metadata ?? {})) {
    if (!OTHER_JOB.test(key)) look(value, `Customer metadata ${key} names the job`, ABOUT_A_JOB.test(key));
  }
  for (const { key, value } of tags ?? []) {
    if (!OTHER_JOB.test(key)) look(value, `Tag ${key} names the job`, ABOUT_A_JOB.test(key));
  }
  return found;
}

/**
 * Whole segments only: the folder `job-10` says nothing of `job-1`. Only for a job that uses the package's group. And only
 * below the output path the job was given: a job resumed from it was given the same, its parent's name and all.
 */
function namedByPath({ s3Uri, group }: PackageClues, { byName }: MakerIndex): Attribution[] {
  if (!s3Uri) return [];
  return pathSegments(s3Uri).flatMap((segment, index) => {
    const maker = byName.get(segment);
    return maker && mayUse(maker, group) && index >= givenFolders(s3Uri, maker.outputPath)
      ? [{ maker, by: 'path' as const, detail: `Folder ${segment} of its S3 path is the job's name` }]
      : [];
  });
}

function mayUse(maker: Maker, group: string): boolean {
  if (!maker.described) return false;
  const groups = groupsOf(maker);
  return groups.length === 0 || groups.includes(groupKey(group));
}

/** A job not described yet may use any group: while one ran then, nobody is known to have been alone. */
function aloneThen(clues: PackageClues, { byGroup, anyGroup }: MakerIndex): Attribution | undefined {
  const ran = (maker: Maker) =>
    maker.createdMs <= clues.createdMs && clues.createdMs <= (maker.endedMs ?? Number.POSITIVE_INFINITY) + END_SLACK_MS;
  if (anyGroup.some(ran)) return undefined;
  const [maker, second] = (byGroup.get(groupKey(clues.group)) ?? []).filter(ran);
  if (!maker || second || !mayLie(clues.s3Uri, maker.outputPath)) return undefined;
  return { maker, by: 'time', detail: 'No other job that uses this group ran at that time' };
}

/** How many folders of the address are the output path itself; none when it lies elsewhere. */
function givenFolders(s3Uri: string, outputPath: string | undefined): number {
  return outputPath && mayLie(s3Uri, outputPath) ? pathSegments(outputPath).length : 0;
}

/** A package that lies outside the job's output path is somebody else's. Unknown places contradict nothing. */
function mayLie(s3Uri: string | undefined, outputPath: string | undefined): boolean {
  if (!s3Uri || !outputPath) return true;
  const folder = outputPath.endsWith('/') ? outputPath : `${outputPath}/`;
  return s3Uri.startsWith(folder);
}
