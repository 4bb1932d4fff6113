import 'server-only';
import { and, asc, desc, eq, gte, inArray, lte, or, type SQL, sql } from 'drizzle-orm';
import type { JobRef } from '@/lib/contract/jobs';
import type { Catalog } from './catalog';
import { cleanJson } from './clean-text';
import { trailEvents } from './schema';
import type { Scope } from './scopes-store';

export interface StoredTrailEvent {
  eventId: string;
  name: string;
  at: Date;
  jobCategory?: string;
  jobName?: string;
  /** JSON of the caller's making. */
  event: unknown;
}

/** Keeps events; those that are there already stay as they are, since an event never changes. */
export async function saveTrailEvents(catalog: Catalog, scope: Scope, events: StoredTrailEvent[]): Promise<void> {
  if (events.length === 0) return;
  await catalog.db
    .insert(trailEvents)
    .values(events.map((event) => ({ scopeId: scope.id, ...cleanJson({ ...event }) })))
    .onConflictDoNothing();
}

/** Names of events about packages, and when. */
export type PackageEvents = Pick<TrailSubject, 'names' | 'from' | 'to'>;

/** Events that name no job, by what their request says. */
export interface TrailSubject {
  names: readonly string[];
  from: Date;
  to: Date;
  /** Members of the request: the first that is there is looked at. */
  members: readonly string[];
  /** Any of these has to be in it, where it stands between two colons: `:name:` is a whole part of an ARN, or all of it. */
  holds: readonly string[];
}

/**
 * The events that name a job, those about packages it made, and those about the given subjects, newest first; at most 2,000
 * of each, so that a busy region never crowds out the events of the job itself.
 */
export async function listTrailEvents(
  catalog: Catalog,
  scope: Scope,
  ref: JobRef,
  packages: PackageEvents,
  subjects: readonly TrailSubject[],
): Promise<StoredTrailEvent[]> {
  const ofJob = and(eq(trailEvents.jobCategory, ref.jobCategory), eq(trailEvents.jobName, ref.jobName));
  const wheres = [
    ofJob,
    and(happened(packages), isOfPackages(scope, ref)),
    ...subjects.map((subject) => and(happened(subject), isAbout(subject))),
  ];
  const lists = await Promise.all(wheres.map((where) => listWhere(catalog, scope, where)));
  const byId = new Map(lists.flat().map((event) => [event.eventId, event]));
  return [...byId.values()].sort((a, b) => b.at.getTime() - a.at.getTime() || (a.eventId < b.eventId ? -1 : 1));
}

const happened = ({ names, from, to }: PackageEvents) =>
  and(inArray(trailEvents.name, [...names]), gte(trailEvents.at, from), lte(trailEvents.at, to));

/** Others write into the same groups: only packages that are known to be of the job are its own. */
function isOfPackages(scope: Scope, { jobCategory, jobName }: JobRef): SQL {
  const request = sql`${trailEvents.event} -> 'request'`;
  const word = sql`coalesce(${request} ->> 'modelPackageArn', ${request} ->> 'modelPackageName')`;
  return sql`lower(substring(${word} FROM '[^/:]+/[0-9]+$')) IN (
    SELECT lower(g.name) || '/' || p.version FROM packages p
    JOIN package_groups g ON g.id = p.group_id JOIN jobs j ON j.id = p.job_id
    WHERE j.scope_id = ${scope.id} AND j.category = ${jobCategory} AND j.name = ${jobName})`;
}

function isAbout({ members, holds }: TrailSubject): SQL | undefined {
  const values = members.map((member) => sql`${trailEvents.event} -> 'request' ->> ${member}::text`);
  const value = sql`':' || coalesce(${sql.join(values, sql`, `)}) || ':'`;
  return or(...holds.map((part) => sql`strpos(${value}, ${part}::text) > 0`));
}

async function listWhere(catalog: Catalog, scope: Scope, where: SQL | undefined): Promise<StoredTrailEvent[]> {
  const rows = await catalog.db
    .select()
    .from(trailEvents)
    .where(and(eq(trailEvents.scopeId, scope.id), where))
    .orderBy(desc(trailEvents.at), asc(trailEvents.eventId))
    .limit(2_000);
  return rows.map(({ eventId, name, at, jobCategory, jobName, event }) => ({
    eventId,
    name,
    at,
    jobCategory: jobCategory ?? undefined,
    jobName: jobName ?? undefined,
    event,
  }));
}
