import type { ErrorCode } from '../contract/error-codes';
import type { RegionSync, SyncError } from '../contract/health';
import { formatInteger, formatPlural } from '../shared/format';
import { parseTime } from '../shared/time';

/** A failure of the sync as the page says it. */
export interface SyncProblem {
  key: string;
  region: string;
  title: string;
  message: string;
  /** What mends it: an IAM action, a setting, a command. */
  fix?: string;
  /** The categories, groups or jobs it hits. */
  scopes: string[];
  since: string;
}

interface Words {
  title: (region: string, scopes: string[]) => string;
  /** Used when the server sent no hint. */
  fix?: string;
}

const listed = (scopes: string[]) => scopes.join(', ');

const WORDS: Partial<Record<ErrorCode, Words>> = {
  credentials_missing: {
    title: () => 'No AWS credentials were found',
    fix: 'Give the Cairn server credentials (AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY) and start it again.',
  },
  credentials_expired: {
    title: () => 'The AWS credentials have expired',
    fix: 'Renew them where the Cairn server runs, with aws sso login for instance; it goes on by itself.',
  },
  access_denied: {
    title: (region, scopes) => `AWS denies access to ${listed(scopes)} in ${region}`,
    fix: 'Allow the action named above in the IAM policy of the role Cairn runs with.',
  },
  region_unsupported: {
    title: (region) => `${region} does not offer these jobs`,
    fix: 'Open another region, or take this one out of CAIRN_REGIONS.',
  },
  throttled: {
    title: (region) => `AWS slows Cairn down in ${region}`,
    fix: 'It goes on by itself, more slowly; CAIRN_SYNC_CALLS_PER_SECOND sets how fast it asks.',
  },
  aws_unreachable: {
    title: (region) => `AWS does not answer in ${region}`,
    fix: 'Check the network and the endpoint settings of the Cairn server; it tries again by itself.',
  },
};

/** Errors of one region for the banner: the same failure of several scopes is one problem. */
export function toSyncProblems(region: string, errors: readonly SyncError[]): SyncProblem[] {
  const problems = new Map<string, SyncProblem & { code: ErrorCode }>();
  for (const { code, message, hint, scope, since } of errors) {
    const key = [region, code, message, hint].join('\n');
    const known = problems.get(key);
    if (known) {
      if (!known.scopes.includes(scope)) known.scopes.push(scope);
      if (since < known.since) known.since = since;
    } else {
      problems.set(key, { key, code, region, title: '', message, fix: hint, scopes: [scope], since });
    }
  }
  return [...problems.values()].map(({ code, ...problem }) => ({
    ...problem,
    title: WORDS[code]?.title(region, problem.scopes) ?? `Reading ${listed(problem.scopes)} in ${region} fails`,
    fix: problem.fix ?? WORDS[code]?.fix,
  }));
}

/** Whether the credentials may not read the jobs of a region at all, which is another thing than having none. */
export function isDenied(sync: RegionSync | undefined): boolean {
  return Boolean(sync?.errors.some(({ code }) => code === 'access_denied')) && sync?.lastSuccessAt === undefined;
}

/** The first read of an account in words, what was found so far: `1,240 jobs found, 310 described · 3 of 8 groups · …`. */
export function fillWords(fill: NonNullable<RegionSync['fill']>): string {
  const found = (count: number, done: number, one: string) =>
    count > 0 ? `${formatPlural(count, one)} found, ${formatInteger(done)} described` : undefined;
  const words = [
    found(fill.jobsListed, fill.jobsDescribed, 'job'),
    fill.groupsTotal
      ? `${formatInteger(fill.groupsDone)} of ${formatPlural(fill.groupsTotal, 'group')} read`
      : undefined,
    found(fill.packagesListed, fill.packagesDescribed, 'package'),
    fill.packagesToInspect ? `${formatInteger(fill.packagesToInspect)} left to look at one by one` : undefined,
  ].filter((part) => part !== undefined);
  return words.length > 0 ? words.join(' · ') : 'Nothing found so far.';
}

/** How much of what was found so far is described, 0 to 1; undefined while nothing was found. */
export function fillFraction(fill: NonNullable<RegionSync['fill']>): number | undefined {
  const found = fill.jobsListed + fill.packagesListed;
  return found === 0 ? undefined : Math.min(1, (fill.jobsDescribed + fill.packagesDescribed) / found);
}

interface SyncClock {
  serverNow: string;
  sync: { regions: readonly RegionSync[] };
}

/**
 * How old what is shown of a region was when the server answered, in milliseconds; undefined when it was never read.
 * Measured by the server's own clock, since the viewer's may differ.
 */
export function regionLagMs({ serverNow, sync }: SyncClock, region: string): number | undefined {
  const readAt = parseTime(sync.regions.find((each) => each.region === region)?.lastSuccessAt);
  const now = parseTime(serverNow);
  return readAt === undefined || now === undefined ? undefined : Math.max(0, now - readAt);
}
