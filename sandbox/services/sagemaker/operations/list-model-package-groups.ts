import { oneOf, readInput } from '../../../protocol/read-input';
import type { PackageGroup } from '../../../world/package-group';
import { groupSummary } from '../../../world/package-view';
import { compareText } from '../../../world/world';
import type { Operation } from '../../service';
import { createdBetween, maxResults, nameContains, nextToken, sortOrder } from '../fields';
import { cutPage } from '../page';

/** ListModelPackageGroups. Default order: creation time, oldest first (API model). */
export const listModelPackageGroups: Operation = ({ region, now, input }) => {
  const read = readInput(input, {
    ...createdBetween(),
    MaxResults: maxResults(),
    NameContains: nameContains(),
    NextToken: nextToken(),
    SortBy: oneOf(['Name', 'CreationTime']),
    SortOrder: sortOrder(),
    CrossAccountFilterOption: oneOf(['SameAccount', 'CrossAccount']),
  });
  const groups = [...region.groups.values()].filter((group) => group.createdAt <= now);
  const byName = (a: PackageGroup, b: PackageGroup) => compareText(a.name, b.name);
  groups.sort(read.SortBy === 'Name' ? byName : (a, b) => a.createdAt - b.createdAt || byName(a, b));
  if (read.SortOrder === 'Descending') groups.reverse();
  const limit = read.MaxResults ?? 10;
  const page = cutPage({
    input,
    token: read.NextToken,
    limit,
    scanLimit: read.NameContains === undefined ? groups.length : limit * 4,
    candidates: read.CrossAccountFilterOption === 'CrossAccount' ? [] : groups,
    keyOf: (group) => group.name,
    matches: (group) =>
      (!read.NameContains || group.name.includes(read.NameContains)) &&
      (read.CreationTimeAfter === undefined || group.createdAt >= read.CreationTimeAfter) &&
      (read.CreationTimeBefore === undefined || group.createdAt <= read.CreationTimeBefore),
  });
  return { ModelPackageGroupSummaryList: page.items.map(groupSummary), NextToken: page.nextToken };
};
