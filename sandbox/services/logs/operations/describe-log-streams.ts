import { flag, oneOf, readInput } from '../../../protocol/read-input';
import { compareText } from '../../../world/world';
import type { Operation } from '../../service';
import { describeLimit, logGroupIdentifier, logGroupName, logStreamName, logToken } from '../fields';
import { invalidParameter } from '../log-errors';
import { findGroupOrThrow } from '../log-groups';
import { cutLogPage } from '../log-page';
import { type LogStream, roughLastEventTime, streamSummary, streamsAt } from '../log-streams';

/** DescribeLogStreams: the streams of one group, by name or by their last event. */
export const describeLogStreams: Operation = ({ region, now, input }) => {
  const read = readInput(input, {
    logGroupName: logGroupName(),
    logGroupIdentifier: logGroupIdentifier(),
    logStreamNamePrefix: logStreamName(),
    orderBy: oneOf(['LogStreamName', 'LastEventTime']),
    descending: flag(),
    nextToken: logToken(),
    limit: describeLimit(),
  });
  if (read.orderBy === 'LastEventTime' && read.logStreamNamePrefix !== undefined) {
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  const group = findGroupOrThrow(region, read, now);
  const streams = streamsAt(region, group, now, read.logStreamNamePrefix);
  const byName = (a: LogStream, b: LogStream) => compareText(a.name, b.name);
  if (read.orderBy === 'LastEventTime') {
    const timeOf = (stream: LogStream) => roughLastEventTime(stream.source, now);
    streams.sort((a, b) => timeOf(a) - timeOf(b) || byName(a, b));
  } else {
    streams.sort(byName);
  }
  if (read.descending) streams.reverse();
  const page = cutLogPage(input, read.nextToken, streams, read.limit, (stream) => stream.name);
  return { logStreams: page.items.map((stream) => streamSummary(group, stream, now)), nextToken: page.nextToken };
};
