import 'server-only';
import { and, asc, desc, eq, gte, inArray, lte, or } from 'drizzle-orm';
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

/** The events that name a job, and those of the given names in a range of time, newest first; at most 2,000. */
export async function listTrailEvents(
  catalog: Catalog,
  scope: Scope,
  ref: JobRef,
  others: { names: string[]; from: Date; to: Date },
): Promise<StoredTrailEvent[]> {
  const rows = await catalog.db
    .select()
    .from(trailEvents)
    .where(
      and(
        eq(trailEvents.scopeId, scope.id),
        or(
          and(eq(trailEvents.jobCategory, ref.jobCategory), eq(trailEvents.jobName, ref.jobName)),
          and(
            inArray(trailEvents.name, others.names),
            gte(trailEvents.at, others.from),
            lte(trailEvents.at, others.to),
          ),
        ),
      ),
    )
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
