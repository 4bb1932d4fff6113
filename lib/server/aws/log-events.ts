import 'server-only';
import {
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { AwsRegion } from './clients';

export interface AwsLogStream {
  name: string;
  creationTime?: Date;
  firstEventTime?: Date;
  /** May lag the real last event by up to an hour (AWS docs). */
  lastEventTime?: Date;
}

export interface AwsLogEvent {
  timestamp: Date;
  message: string;
  stream: string;
  /** Only FilterLogEvents gives these: a stable id, and when AWS received the event. */
  eventId?: string;
  ingestionTime?: Date;
}

const toDate = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms));

/**
 * Streams whose name starts with `prefix`, one page of up to 50; without it, those that wrote last first (AWS docs: the two do
 * not go together). `not_found`: the group does not exist (yet).
 */
export async function listLogStreamsPage(
  aws: AwsRegion,
  input: { logGroup: string; prefix?: string; nextToken?: string },
): Promise<{ streams: AwsLogStream[]; nextToken?: string }> {
  const answer = await aws.call('logs:DescribeLogStreams', () =>
    aws.logs.send(
      new DescribeLogStreamsCommand({
        logGroupName: input.logGroup,
        ...(input.prefix === undefined
          ? { orderBy: 'LastEventTime' as const, descending: true }
          : { logStreamNamePrefix: input.prefix }),
        nextToken: input.nextToken,
        limit: 50,
      }),
    ),
  );
  const streams = (answer.logStreams ?? []).flatMap((stream) =>
    stream.logStreamName
      ? [
          {
            name: stream.logStreamName,
            creationTime: toDate(stream.creationTime),
            firstEventTime: toDate(stream.firstEventTimestamp),
            lastEventTime: toDate(stream.lastEventTimestamp),
          },
        ]
      : [],
  );
  return { streams, nextToken: answer.nextToken || undefined };
}

export interface GetLogEventsInput {
  logGroup: string;
  stream: string;
  limit: number;
  nextToken?: string;
  /** From the start instead of from the end; needed on every call that goes on with a forward token. */
  startFromHead?: boolean;
  startTime?: Date;
  endTime?: Date;
}

export interface LogEventsPage {
  events: AwsLogEvent[];
  /** Always returned by AWS; the end is reached when it equals the token that was sent. */
  forwardToken?: string;
  backwardToken?: string;
}

/** One page of one stream, oldest first inside the page. A page may be empty while more follows. */
export async function getLogEvents(aws: AwsRegion, input: GetLogEventsInput): Promise<LogEventsPage> {
  const answer = await aws.call('logs:GetLogEvents', () =>
    aws.logs.send(
      new GetLogEventsCommand({
        logGroupName: input.logGroup,
        logStreamName: input.stream,
        limit: input.limit,
        nextToken: input.nextToken,
        startFromHead: input.startFromHead,
        startTime: input.startTime?.getTime(),
        endTime: input.endTime?.getTime(),
      }),
    ),
  );
  const events = (answer.events ?? []).flatMap(({ timestamp, message }) =>
    timestamp === undefined ? [] : [{ timestamp: new Date(timestamp), message: message ?? '', stream: input.stream }],
  );
  return { events, forwardToken: answer.nextForwardToken, backwardToken: answer.nextBackwardToken };
}

export interface FilterLogEventsInput {
  logGroup: string;
  /** All streams of the group without it. */
  prefix?: string;
  /** These streams instead of a prefix, at most 100. */
  streams?: string[];
  limit: number;
  pattern?: string;
  startTime?: Date;
  endTime?: Date;
  nextToken?: string;
  /** False: newest first, which AWS allows for a `startTime` from 2024 on. */
  startFromHead?: boolean;
}

/** Searches all streams of a prefix at AWS. Done only when no token comes back; pages may be empty before. */
export async function filterLogEvents(
  aws: AwsRegion,
  input: FilterLogEventsInput,
): Promise<{ events: AwsLogEvent[]; nextToken?: string }> {
  const answer = await aws.call('logs:FilterLogEvents', () =>
    aws.logs.send(
      new FilterLogEventsCommand({
        logGroupName: input.logGroup,
        logStreamNamePrefix: input.prefix,
        logStreamNames: input.streams,
        filterPattern: input.pattern,
        startTime: input.startTime?.getTime(),
        endTime: input.endTime?.getTime(),
        nextToken: input.nextToken,
        limit: input.limit,
        startFromHead: input.startFromHead,
      }),
    ),
  );
  const events = (answer.events ?? []).flatMap(({ timestamp, message, logStreamName, eventId, ingestionTime }) =>
    timestamp === undefined || !logStreamName
      ? []
      : [
          {
            timestamp: new Date(timestamp),
            message: message ?? '',
            stream: logStreamName,
            eventId,
            ingestionTime: toDate(ingestionTime),
          },
        ],
  );
  return { events, nextToken: answer.nextToken || undefined };
}
