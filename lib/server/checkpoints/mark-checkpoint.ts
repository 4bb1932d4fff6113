import 'server-only';
import type { PackageRef } from '@/lib/contract/action-log';
import type { Note, NoteRequest } from '@/lib/contract/checkpoints';
import { requireChanges } from '../actions/action-helpers';
import { refuseGoing } from '../actions/refuse-going';
import { whoActs } from '../actions/who';
import { addNote, listNotes, removeNote, setPin } from '../catalog/checkpoint-marks';
import type { Deployment } from '../deployment';
import { getCheckpoint } from './get-checkpoint';

const SOMEBODY = 'unknown credentials';

/** Pins a checkpoint, so that no clean-up takes it. Only in the catalog: AWS is not told. Throws `not_found`, `read_only`, `unprocessable`. */
export async function pinCheckpoint(d: Deployment, region: string, ref: PackageRef, pinned: boolean) {
  requireChanges(d);
  await getCheckpoint(d, region, ref.group, ref.version);
  const who = (await whoActs(d, region)) ?? SOMEBODY;
  const scope = await d.scope(region);
  await setPin(d.catalog, scope, ref, { pinned, who });
  // A clean-up looks for pins after it took a checkpoint, and this the other way round: one sees the other.
  if (pinned) await refuseGoing(d.catalog, scope, ref);
  d.events.publish({ type: 'marks', region, ...ref });
  return { pinned };
}

/** Writes a note about a checkpoint, or takes one away. Only in the catalog. Throws `not_found`, `read_only`. */
export async function noteCheckpoint(
  d: Deployment,
  region: string,
  ref: PackageRef,
  request: NoteRequest,
): Promise<{ notes: Note[] }> {
  requireChanges(d);
  await getCheckpoint(d, region, ref.group, ref.version);
  const scope = await d.scope(region);
  if ('remove' in request) await removeNote(d.catalog, scope, ref, request.remove);
  else await addNote(d.catalog, scope, ref, { text: request.text, who: (await whoActs(d, region)) ?? SOMEBODY });
  d.events.publish({ type: 'marks', region, ...ref });
  return { notes: await listNotes(d.catalog, scope, ref) };
}
