import 'server-only';
import { and, asc, eq, isNotNull } from 'drizzle-orm';
import type { PackageRef } from '@/lib/contract/action-log';
import type { Note } from '@/lib/contract/checkpoints';
import type { Catalog } from './catalog';
import { cleanText } from './clean-text';
import { packageGroups, packageNotes, packagePins, packages } from './schema';
import type { Scope } from './scopes-store';

const pinOf = (scope: Scope, { group, version }: PackageRef) =>
  and(eq(packagePins.scopeId, scope.id), eq(packagePins.groupName, group), eq(packagePins.version, version));
const notesOf = (scope: Scope, { group, version }: PackageRef) =>
  and(eq(packageNotes.scopeId, scope.id), eq(packageNotes.groupName, group), eq(packageNotes.version, version));

/** Who wants this checkpoint kept, if anybody. */
export async function findPin(catalog: Catalog, scope: Scope, ref: PackageRef) {
  const [row] = await catalog.db.select().from(packagePins).where(pinOf(scope, ref));
  return row && { who: row.who, time: row.pinnedAt.toISOString() };
}

/** The pinned steps of the jobs of a scope. People pin by hand, so there are few: one small query, never kept. */
export async function listPinnedSteps(catalog: Catalog, scope: Scope): Promise<{ jobId: number; step: number }[]> {
  const rows = await catalog.db
    .select({ jobId: packages.jobId, step: packages.step })
    .from(packagePins)
    .innerJoin(
      packageGroups,
      and(eq(packageGroups.scopeId, packagePins.scopeId), eq(packageGroups.name, packagePins.groupName)),
    )
    .innerJoin(packages, and(eq(packages.groupId, packageGroups.id), eq(packages.version, packagePins.version)))
    .where(and(eq(packagePins.scopeId, scope.id), isNotNull(packages.jobId), isNotNull(packages.step)));
  return rows.flatMap(({ jobId, step }) => (jobId === null || step === null ? [] : [{ jobId, step }]));
}

/** Pins a checkpoint or lets go of it; doing so twice changes nothing. */
export async function setPin(
  catalog: Catalog,
  scope: Scope,
  ref: PackageRef,
  { pinned, who }: { pinned: boolean; who: string },
): Promise<void> {
  if (!pinned) {
    await catalog.db.delete(packagePins).where(pinOf(scope, ref));
    return;
  }
  await catalog.db
    .insert(packagePins)
    .values({
      scopeId: scope.id,
      groupName: ref.group,
      version: ref.version,
      who: cleanText(who),
      pinnedAt: new Date(),
    })
    .onConflictDoNothing();
}

/** What was written about a checkpoint, oldest first. */
export async function listNotes(catalog: Catalog, scope: Scope, ref: PackageRef): Promise<Note[]> {
  const rows = await catalog.db.select().from(packageNotes).where(notesOf(scope, ref)).orderBy(asc(packageNotes.id));
  return rows.map(({ id, note, who, writtenAt }) => ({ id, text: note, who, time: writtenAt.toISOString() }));
}

export async function addNote(
  catalog: Catalog,
  scope: Scope,
  ref: PackageRef,
  { text, who }: { text: string; who: string },
): Promise<void> {
  await catalog.db.insert(packageNotes).values({
    scopeId: scope.id,
    groupName: ref.group,
    version: ref.version,
    note: cleanText(text),
    who: cleanText(who),
    writtenAt: new Date(),
  });
}

/** Takes a note of this checkpoint away; one that is gone already is no error. */
export async function removeNote(catalog: Catalog, scope: Scope, ref: PackageRef, id: number): Promise<void> {
  await catalog.db.delete(packageNotes).where(and(notesOf(scope, ref), eq(packageNotes.id, id)));
}
