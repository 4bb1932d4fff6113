import 'server-only';
import type { PackageRef } from '@/lib/contract/action-log';
import type { ApprovalRequest } from '@/lib/contract/checkpoints';
import { approvePackage } from '../aws/model-packages';
import { beginAction, finishAction } from '../catalog/actions-store';
import { setApproval } from '../catalog/package-edits';
import { getCheckpoint } from '../checkpoints/get-checkpoint';
import type { Deployment } from '../deployment';
import { asAppError, requireChanges, toLedgerError } from './action-helpers';
import { refuseGoing } from './refuse-going';
import { whoActs } from './who';

/**
 * Approves or rejects a checkpoint at AWS, written down before and after. The catalog follows at once: the sync would see
 * it only when it lists the group again. Throws AppError `not_found`, `read_only`, or what AWS answered.
 */
export async function approveCheckpoint(
  d: Deployment,
  region: string,
  ref: PackageRef,
  request: ApprovalRequest,
): Promise<{ approvalStatus: string }> {
  requireChanges(d);
  const { checkpoint } = await getCheckpoint(d, region, ref.group, ref.version);
  const scope = await d.scope(region);
  await refuseGoing(d.catalog, scope, checkpoint);
  const { action } = await beginAction(d.catalog, scope, {
    action: request.status === 'Approved' ? 'approve' : 'reject',
    checkpoint: { group: checkpoint.group, version: checkpoint.version },
    who: await whoActs(d, region),
    ...(request.description ? { detail: { description: request.description } } : {}),
  });
  try {
    await approvePackage(d.aws(region), checkpoint.packageArn, request);
  } catch (error) {
    const failure = asAppError(error);
    await finishAction(d.catalog, action.id, { state: 'failed', answer: toLedgerError(failure) });
    throw failure;
  }
  await setApproval(d.catalog, scope, checkpoint, request.status);
  await finishAction(d.catalog, action.id, { state: 'done' });
  d.events.publish({ type: 'marks', region, group: checkpoint.group, version: checkpoint.version });
  if (checkpoint.job) d.events.publish({ type: 'checkpoints', region, ...checkpoint.job });
  return { approvalStatus: request.status };
}
