import { AwsError } from '../../protocol/aws-error';
import { toEpochSeconds } from '../../protocol/aws-json';
import { formatPageToken, parsePageToken } from '../../protocol/page-token';
import { listOf, must, oneOf, readInput, structure, text, time, whole } from '../../protocol/read-input';
import { type AuditRecord, auditAt, toCloudTrailJson } from '../../world/audit';
import type { Operation } from '../service';

const KEYS = [
  'EventId',
  'EventName',
  'ReadOnly',
  'Username',
  'ResourceType',
  'ResourceName',
  'EventSource',
  'AccessKeyId',
] as const;
type Key = (typeof KEYS)[number];
const DAY_MS = 86_400_000;
/** AWS docs: two calls a second, account and region. */
const CALLS_PER_SECOND = 2;

/**
 * LookupEvents: management events of the last 90 days, newest first. A token fits only the request it came from. More than
 * two calls within a second of real time are throttled.
 */
export const lookupEvents: Operation = ({ sandbox, region, now, input }) => {
  if (!sandbox.lookups.take(region.name, CALLS_PER_SECOND)) throw new AwsError('ThrottlingException', 'Rate exceeded');
  const read = readInput(input, {
    LookupAttributes: listOf(
      structure({ AttributeKey: must(oneOf(KEYS)), AttributeValue: must(text({ min: 1, max: 2000 })) }),
      { max: 100 },
    ),
    StartTime: time(),
    EndTime: time(),
    EventCategory: oneOf(['insight']),
    MaxResults: whole({ min: 1, max: 50 }),
    NextToken: text(),
  });
  const attributes = read.LookupAttributes ?? [];
  if (attributes.length > 1) {
    throw new AwsError('InvalidLookupAttributesException', 'You can only specify one lookup attribute.');
  }
  if (read.StartTime !== undefined && read.EndTime !== undefined && read.StartTime > read.EndTime) {
    throw new AwsError('InvalidTimeRangeException', 'The start time is after the end time.');
  }
  const from = Math.max(read.StartTime ?? 0, now - 90 * DAY_MS);
  const to = read.EndTime ?? now;
  const [wanted] = attributes;
  const events = read.EventCategory
    ? []
    : auditAt(region, now).filter(
        (record) =>
          record.at >= from &&
          record.at <= to &&
          (!wanted || matches(record, wanted.AttributeKey, wanted.AttributeValue)),
      );
  const after = positionOf(input, read.NextToken);
  const start = after === undefined ? 0 : events.findIndex(({ id }) => id === after) + 1;
  const page = events.slice(start, start + (read.MaxResults ?? 50));
  const more = start + page.length < events.length;
  return {
    Events: page.map((record) => toEvent(region.name, record)),
    ...(more && { NextToken: formatPageToken(input, page.at(-1)?.id) }),
  };
};

function positionOf(input: Readonly<Record<string, unknown>>, token: string | undefined): unknown {
  try {
    return parsePageToken(input, token);
  } catch {
    throw new AwsError('InvalidNextTokenException', 'The token is not valid for this request.');
  }
}

function matches(record: AuditRecord, key: Key, value: string): boolean {
  switch (key) {
    case 'EventId':
      return record.id === value;
    case 'EventName':
      return record.name === value;
    case 'EventSource':
      return record.source === value;
    case 'Username':
      return record.user === value;
    case 'ReadOnly':
      return String(record.readOnly) === value;
    case 'ResourceName':
      return record.resources.some(({ ResourceName }) => ResourceName === value);
    case 'ResourceType':
      return record.resources.some(({ ResourceType }) => ResourceType === value);
    case 'AccessKeyId':
      return value === 'ASIAEXAMPLE';
  }
}

function toEvent(region: string, record: AuditRecord) {
  return {
    EventId: record.id,
    EventName: record.name,
    ReadOnly: String(record.readOnly),
    AccessKeyId: 'ASIAEXAMPLE',
    EventTime: toEpochSeconds(record.at),
    EventSource: record.source,
    Username: record.user,
    Resources: record.resources,
    CloudTrailEvent: toCloudTrailJson(region, record),
  };
}
