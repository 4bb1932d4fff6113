import { rolloutCallRecords } from '../../../world/rollout-calls';
import type { World } from '../../../world/world';
import { isKey, type LakeExpression, type LakeKey, type LakeStatement } from './lake-statement';

/** One column an object, all values as text (AWS docs). */
export type LakeRow = Array<Record<string, string>>;

export interface LakeAnswer {
  rows: LakeRow[];
  matched: number;
  scanned: number;
  /** Of all events in the stretch of time, whatever else is asked for. */
  scannedBytes: number;
}

interface Event {
  eventTime: string;
  eventName: string;
  errorCode?: string;
  errorMessage?: string;
  resources: Array<{ ARN: string }>;
}

/** Answers a statement from the data events of all regions that had reached the store by `now`. */
export function lakeAnswer(world: World, statement: LakeStatement, now: number): LakeAnswer {
  const { fromMs, toMs, names, arn, groupBy, columns } = statement;
  // Events are stamped by the second they are made in.
  const records = world
    .regionNames()
    .flatMap((name) => [...world.region(name).jobsByTime()])
    .flatMap((job) => rolloutCallRecords(job, fromMs, toMs + 1000, now));
  const events = records
    .map((record) => JSON.parse(record) as Event)
    .filter(({ eventTime }) => {
      const at = Date.parse(eventTime);
      return at >= fromMs && at <= toMs;
    });
  const matching = events.filter(
    ({ eventName, resources }) => names.includes(eventName) && resources.some(({ ARN }) => ARN === arn),
  );
  const groups = new Map<string, Event[]>();
  for (const event of matching) {
    const key = JSON.stringify(groupBy.map((each) => keyOf(event, each)));
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  return {
    rows: [...groups.values()].map((group) => columns.map(({ name, of }) => ({ [name]: columnOf(group, of) }))),
    matched: matching.length,
    scanned: events.length,
    scannedBytes: records.reduce((bytes, { length }) => bytes + length, 0),
  };
}

function keyOf({ eventName, errorCode, eventTime }: Event, key: LakeKey): string {
  if (key === 'eventname') return eventName;
  return key === 'errorcode' ? (errorCode ?? '') : formatTime(`${eventTime.slice(0, 16)}:00Z`);
}

/** NULL is an empty text (assumption). */
function columnOf(group: readonly Event[], of: LakeExpression): string {
  const [first] = group;
  if (isKey(of)) return first ? keyOf(first, of) : '';
  if (of === 'count(*)') return String(group.length);
  if (of === 'max(errormessage)')
    return (
      group
        .map(({ errorMessage = '' }) => errorMessage)
        .sort()
        .at(-1) ?? ''
    );
  const times = group.map(({ eventTime }) => eventTime).sort();
  return formatTime((of === 'min(eventtime)' ? times[0] : times.at(-1)) ?? '');
}

const formatTime = (iso: string) => new Date(iso).toISOString().replace('T', ' ').replace('Z', '');
