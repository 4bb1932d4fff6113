import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { GetCheckpointResponse } from '@/lib/contract/checkpoints';
import { findPin, listNotes } from '../catalog/checkpoint-marks';
import { findCheckpoint } from '../catalog/checkpoint-rows';
import type { Deployment } from '../deployment';

/** One checkpoint with its twin and the jobs made from it. Throws AppError `not_found`. */
export async function getCheckpoint(
  d: Deployment,
  region: string,
  group: string,
  version: number,
): Promise<GetCheckpointResponse> {
  const scope = await d.scope(region);
  const found = await findCheckpoint(d.catalog, scope, group, version);
  if (!found) {
    throw new AppError(
      'not_found',
      `Cairn knows no version ${version} in the model package group ${group} of ${region}.`,
      {
        hint: 'A new checkpoint appears some seconds after it was written; a deleted one was never seen by Cairn.',
      },
    );
  }
  const ref = { group: found.checkpoint.group, version };
  const [pin, notes] = await Promise.all([findPin(d.catalog, scope, ref), listNotes(d.catalog, scope, ref)]);
  return { ...found, pin, notes, asOf: d.sync.status(region).lastSuccessAt, awsNow: d.awsNow(region).toISOString() };
}
