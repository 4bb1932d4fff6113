import { validationError } from '../../../protocol/aws-error';
import { formatPageToken, parsePageToken } from '../../../protocol/page-token';
import { oneOf, readInput } from '../../../protocol/read-input';
import type { PackageGroup } from '../../../world/package-group';
import { packageSummary } from '../../../world/package-view';
import type { RegionWorld } from '../../../world/world';
import type { Operation } from '../../service';
import { createdBetween, groupNameOrArn, maxResults, nameContains, nextToken, sortOrder } from '../fields';
import { findGroupOrThrow } from '../find-package';

const DEFAULT_MAX_RESULTS = 10;
/** With a filter on name or approval, one call looks at this many times the page size; pages can then be short. */
const SCAN_FACTOR = 4;

/**
 * ListModelPackages: the versions of one group, or of all groups with ModelPackageType Versioned. Without either there
 * are only unversioned packages to list, and this account has none. Oldest first unless asked otherwise (API model).
 */
export const listModelPackages: Operation = ({ region, now, input }) => {
  const read = readInput(input, {
    ...createdBetween(),
    MaxResults: maxResults(),
    NameContains: nameContains(),
    ModelApprovalStatus: oneOf(['Approved', 'Rejected', 'PendingManualApproval']),
    ModelPackageGroupName: groupNameOrArn(),
    ModelPackageType: oneOf(['Versioned', 'Unversioned', 'Both']),
    NextToken: nextToken(),
    SortBy: oneOf(['Name', 'CreationTime']),
    SortOrder: sortOrder(),
  });
  const groups = groupsToList(region, read.ModelPackageGroupName, read.ModelPackageType, now);
  const ascending = read.SortOrder !== 'Descending';
  const limit = read.MaxResults ?? DEFAULT_MAX_RESULTS;
  const walk = new VersionWalk(groups, ascending, read.SortBy === 'Name', now);
  walk.startAfter(parsePageToken(input, read.NextToken));
  const from = read.CreationTimeAfter ?? Number.NEGATIVE_INFINITY;
  const to = Math.min(read.CreationTimeBefore ?? now, now);
  const filtered = read.ModelApprovalStatus !== undefined || read.NameContains !== undefined;
  const scanLimit = filtered ? limit * SCAN_FACTOR : Number.POSITIVE_INFINITY;
  const summaries: unknown[] = [];
  let scanned = 0;
  for (let next = walk.next(from, to); next; next = walk.next(from, to)) {
    const row = next.group.row(next.version, now);
    if (!row) continue;
    if (summaries.length === limit || scanned === scanLimit) {
      return { ModelPackageSummaryList: summaries, NextToken: formatPageToken(input, walk.lastScanned) };
    }
    walk.markScanned(next);
    scanned += 1;
    const summary = packageSummary(next.group, row);
    if (read.ModelApprovalStatus !== undefined && summary.ModelApprovalStatus !== read.ModelApprovalStatus) continue;
    if (read.NameContains && !next.group.name.includes(read.NameContains)) continue;
    // Versioned packages have no name of their own, only a group and a version.
    summaries.push(summary);
  }
  return { ModelPackageSummaryList: summaries };
};

function groupsToList(region: RegionWorld, nameOrArn: string | undefined, type: string | undefined, now: number) {
  if (nameOrArn === undefined) {
    return type === 'Versioned' || type === 'Both' ? [...region.groups.values()] : [];
  }
  const group = findGroupOrThrow(region, nameOrArn, now);
  return type === 'Unversioned' ? [] : [group];
}

interface Position {
  group: PackageGroup;
  version: number;
}

/** Walks versions group by group in order, without building anything for the versions passed over. */
class VersionWalk {
  lastScanned: [string, number] | undefined;
  private groupIndex = 0;
  private offset = 0;
  private order: Int32Array | undefined;
  private count = 0;

  constructor(
    private readonly groups: readonly PackageGroup[],
    private readonly ascending: boolean,
    private readonly byVersion: boolean,
    private readonly now: number,
  ) {
    this.enterGroup();
  }

  /** Goes on behind the position of a token. A version that vanished since still marks its place. */
  startAfter(position: unknown): void {
    if (!Array.isArray(position)) return;
    const [name, version] = position as [string, number];
    this.groupIndex = this.groups.findIndex((group) => group.name === name);
    if (this.groupIndex < 0) throw validationError('Invalid NextToken: the token is not valid for this request.');
    this.enterGroup();
    const at = this.order ? this.order.indexOf(version) : version - 1;
    this.offset = (this.ascending ? at : this.count - 1 - at) + 1;
  }

  next(from: number, to: number): Position | undefined {
    for (let group = this.groups[this.groupIndex]; group; group = this.groups[this.groupIndex]) {
      while (this.offset < this.count) {
        const at = this.ascending ? this.offset : this.count - 1 - this.offset;
        const version = this.order ? (this.order[at] ?? 0) : at + 1;
        this.offset += 1;
        const time = group.timeOf(version);
        if (time >= from && time <= to) return { group, version };
        // Ordered by time: once past the window, the rest of the group is outside it too.
        if (!this.byVersion && (this.ascending ? time > to : time < from)) break;
      }
      this.groupIndex += 1;
      this.enterGroup();
    }
    return undefined;
  }

  markScanned(position: Position): void {
    this.lastScanned = [position.group.name, position.version];
  }

  private enterGroup(): void {
    const group = this.groups[this.groupIndex];
    this.offset = 0;
    this.count = group?.versionCount(this.now) ?? 0;
    this.order = this.byVersion ? undefined : group?.versionsByTime(this.now);
  }
}
