import 'server-only';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { z } from 'zod';
import type { AwsRegion } from './clients';

/** One management event, reduced to what a reader of a job asks: who did what to what, and what came of it. */
export interface TrailEvent {
  id: string;
  name: string;
  source: string;
  at: Date;
  user?: string;
  /** The ARN of who did it. */
  userArn?: string;
  sourceAddress?: string;
  userAgent?: string;
  errorCode?: string;
  errorMessage?: string;
  /** Of requestParameters only what is text or a number, cut; never the config document. */
  request: Record<string, string>;
}

const MAX_VALUE = 300;

const recordSchema = z.object({
  userIdentity: z.object({ arn: z.string().optional() }).optional(),
  sourceIPAddress: z.string().optional(),
  userAgent: z.string().optional(),
  errorCode: z.string().optional(),
  errorMessage: z.string().optional(),
  requestParameters: z.record(z.string(), z.unknown()).nullish(),
});

/**
 * One page of at most 50 events, newest first. AWS allows two calls a second for account and region (AWS docs): callers go
 * through one limit. `key` is the only attribute asked for: LookupEvents takes one.
 */
export async function lookupEventsPage(
  aws: AwsRegion,
  input: { key: 'EventSource' | 'EventName'; value: string; from: Date; to: Date; nextToken?: string },
): Promise<{ events: TrailEvent[]; nextToken?: string }> {
  const answer = await aws.call('cloudtrail:LookupEvents', () =>
    aws.cloudtrail.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: input.key, AttributeValue: input.value }],
        StartTime: input.from,
        EndTime: input.to,
        MaxResults: 50,
        NextToken: input.nextToken,
      }),
    ),
  );
  return {
    events: (answer.Events ?? []).flatMap((event): TrailEvent[] => {
      if (!event.EventId || !event.EventTime) return [];
      const record = readRecord(event.CloudTrailEvent);
      return [
        {
          id: event.EventId,
          name: event.EventName ?? 'unknown',
          source: event.EventSource ?? '',
          at: event.EventTime,
          user: event.Username,
          userArn: record?.userIdentity?.arn,
          sourceAddress: record?.sourceIPAddress,
          userAgent: record?.userAgent?.slice(0, MAX_VALUE),
          errorCode: record?.errorCode,
          errorMessage: record?.errorMessage?.slice(0, MAX_VALUE),
          request: flatRequest(record?.requestParameters ?? {}),
        },
      ];
    }),
    nextToken: answer.NextToken,
  };
}

/** A record that is no JSON, or of another shape, costs only what it would have told. */
function readRecord(text: string | undefined): z.infer<typeof recordSchema> | undefined {
  try {
    return recordSchema.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}

function flatRequest(parameters: Record<string, unknown>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (name === 'jobConfigDocument') continue;
    if (typeof value === 'string' || typeof value === 'number') flat[name] = String(value).slice(0, MAX_VALUE);
  }
  return flat;
}
