import { flag, listOf, oneOf, readInput, text } from '../../../protocol/read-input';
import type { Operation } from '../../service';
import { describeLimit, logGroupName, logToken } from '../fields';
import { invalidParameter } from '../log-errors';
import { logGroupsAt } from '../log-groups';
import { cutLogPage } from '../log-page';

/** DescribeLogGroups: the groups that exist, by name; a prefix or a pattern narrows them. */
export const describeLogGroups: Operation = ({ sandbox, region, now, input }) => {
  const read = readInput(input, {
    logGroupNamePrefix: logGroupName(),
    logGroupNamePattern: text({ max: 512 }),
    nextToken: logToken(),
    limit: describeLimit(),
    includeLinkedAccounts: flag(),
    accountIdentifiers: listOf(text(), { max: 20 }),
    logGroupClass: oneOf(['STANDARD', 'INFREQUENT_ACCESS', 'ESSENTIALS', 'DELIVERY']),
  });
  const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern } = read;
  if (prefix !== undefined && pattern !== undefined) {
    throw invalidParameter('logGroupNamePrefix and logGroupNamePattern are mutually exclusive.');
  }
  const groups = logGroupsAt(region, now).filter(
    (group) =>
      group.name.startsWith(prefix ?? '') &&
      group.name.includes(pattern ?? '') &&
      (read.logGroupClass ?? 'STANDARD') === 'STANDARD',
  );
  const page = cutLogPage(input, read.nextToken, groups, read.limit, (group) => group.name);
  const logGroups = page.items.map((group) => ({
    logGroupName: group.name,
    creationTime: group.createdAt,
    retentionInDays: sandbox.scenario.logRetentionDays,
    metricFilterCount: 0,
    arn: `${group.arn}:*`,
    storedBytes: 0,
    logGroupClass: 'STANDARD',
    logGroupArn: group.arn,
  }));
  return { logGroups, nextToken: page.nextToken };
};
