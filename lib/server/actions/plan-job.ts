import 'server-only';
import type {
  EditPlan,
  EditRequest,
  PlanRequest,
  PlanResponse,
  ResumePlan,
  ResumeRequest,
} from '@/lib/contract/actions';
import type { Deployment } from '../deployment';
import { prepareEdit } from './plan-edit';
import { prepareResume } from './plan-resume';
import type { PreparedPlan } from './prepared-plan';

/**
 * The finished request for a new job, everything that was checked about it, and how it differs from its parent. Changes
 * nothing. Throws AppError `not_found` for a checkpoint or job the catalog does not know, and `unprocessable` where no
 * request can be made at all.
 */
export async function planJob(d: Deployment, region: string, body: ResumeRequest): Promise<ResumePlan>;
export async function planJob(d: Deployment, region: string, body: EditRequest): Promise<EditPlan>;
export async function planJob(d: Deployment, region: string, body: PlanRequest): Promise<PlanResponse>;
export async function planJob(d: Deployment, region: string, body: PlanRequest): Promise<PlanResponse> {
  return (await preparePlan(d, region, body)).plan;
}

/** As planJob, for the use case that carries the plan out. */
export async function preparePlan(d: Deployment, region: string, body: PlanRequest): Promise<PreparedPlan> {
  return body.action === 'resume' ? prepareResume(d, region, body) : prepareEdit(d, region, body);
}
