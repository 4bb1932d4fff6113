import 'server-only';
import { and, asc, eq } from 'drizzle-orm';
import type { PackageRef } from '@/lib/contract/action-log';
import type { Note } from '@/lib/contract/checkpoints';
import type { Catalog } from './catalog';
import { cleanText } from './clean-text';
import { packageNotes, packagePins } from './schema';
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
