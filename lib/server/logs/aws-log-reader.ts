import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { AwsRegion } from '../aws/clients';
import { filterLogEvents, getLogEvents, listLogStreamsPage } from '../aws/log-events';
import type { LogReader, LogStreamFacts } from './log-reader';

/** A job has one stream, or one per restart. A hundred of them, the newest, are more than anybody reads. */
const MAX_STREAMS = 100;
const MAX_STREAM_PAGES = 20;

/** Reads one log group of CloudWatch Logs. Group and stream that do not exist are undefined, every other failure is thrown. */
export function awsLogReader(aws: AwsRegion, logGroup: string): LogReader {
  return {
    async listStreams(prefix) {
      const streams: LogStreamFacts[] = [];
      let nextToken: string | undefined;
      for (let page = 0; page < MAX_STREAM_PAGES; page++) {
        const answer = await unlessMissing(listLogStreamsPage(aws, { logGroup, prefix, nextToken }));
        if (!answer) return undefined;
        streams.push(
          ...answer.streams.map(({ name, firstEventTime, lastEventTime }) => ({
            name,
            ...(firstEventTime ? { firstEventAtMs: firstEventTime.getTime() } : {}),
            ...(lastEventTime ? { lastEventAtMs: lastEventTime.getTime() } : {}),
          })),
        );
        nextToken = answer.nextToken;
        // Without a prefix they come newest first, so the first two pages are the hundred that are kept.
        if (!nextToken || (prefix === undefined && streams.length >= MAX_STREAMS)) break;
      }
      const newestFirst = streams.sort((a, b) => (b.lastEventAtMs ?? 0) - (a.lastEventAtMs ?? 0));
      return newestFirst.slice(0, MAX_STREAMS).sort((a, b) => (a.name < b.name ? -1 : 1));
    },

    async readStream({ stream, token, beforeMs, fromMs, fromHead, limit }) {
      const page = await unlessMissing(
        getLogEvents(aws, {
          logGroup,
          stream,
          limit,
          nextToken: token,
          startFromHead: fromHead,
          startTime: fromMs === undefined ? undefined : new Date(fromMs),
          endTime: beforeMs === undefined ? undefined : new Date(beforeMs),
        }),
      );
      if (!page) return undefined;
      return {
        lines: page.events.map(({ timestamp, message }) => ({ timestampMs: timestamp.getTime(), message })),
        // AWS always sends both; without one, reading on that way would start over for ever.
        forwardToken: page.forwardToken ?? token ?? '',
        backwardToken: page.backwardToken ?? token ?? '',
      };
    },

    async search({ streamPrefix, stream, pattern, fromMs, toMs, token, limit, fromHead }) {
      const page = await unlessMissing(
        filterLogEvents(aws, {
          logGroup,
          prefix: stream === undefined ? streamPrefix : undefined,
          streams: stream === undefined ? undefined : [stream],
          pattern,
          startTime: new Date(fromMs),
          // Here, unlike in GetLogEvents, AWS counts the end in (AWS docs).
          endTime: new Date(toMs - 1),
          nextToken: token,
          limit,
          startFromHead: fromHead ?? false,
        }),
      );
      return (
        page && {
          lines: page.events.map(({ stream, timestamp, message, eventId }) => ({
            stream,
            timestampMs: timestamp.getTime(),
            message,
            eventId: eventId ?? `${stream}#${timestamp.getTime()}#${message}`,
          })),
          nextToken: page.nextToken,
        }
      );
    },
  };
}

async function unlessMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return undefined;
    throw error;
  }
}
