import { z } from 'zod';
import { clockSchema } from './jobs';
import { isoTimeSchema } from './names';
import { causeSchema } from './story';

/** One check of the troubleshooting path. could-not: a permission or an answer was missing. */
export const diagnosisCheckSchema = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(['pass', 'warn', 'fail', 'could-not', 'not-run']),
  /** What was found, in one or two sentences. */
  evidence: z.string(),
  /** What to do about it. */
  todo: z.string().optional(),
  /** To copy: a command, a policy. */
  snippet: z.string().optional(),
});
export type DiagnosisCheck = z.infer<typeof diagnosisCheckSchema>;

/** Body of `POST …/diagnosis`. Without a member that part is not run. */
export const runDiagnosisSchema = z.object({
  /** Invoke the forwarder once with the documented test payload: it costs what one rollout's call costs. */
  invoke: z.boolean().default(false),
  /** `GET` this address of a custom agent; its host must be one of CAIRN_HEALTH_HOSTS. */
  healthUrl: z.string().max(2048).optional(),
});
export type RunDiagnosis = z.infer<typeof runDiagnosisSchema>;

/** `GET …/diagnosis` (runs by itself for a failed job, once) and `POST …/diagnosis`. */
export const diagnosisResponseSchema = clockSchema.extend({
  checks: z.array(diagnosisCheckSchema),
  causes: z.array(causeSchema),
  ranAt: isoTimeSchema.optional(),
  /** The job runs but makes no step: since when, in words. Such a job is diagnosed by itself. */
  stalled: z.string().optional(),
  /** CloudTrail was still being read when it ran: it is made again when that is done. */
  reading: z.boolean().optional(),
  agentKind: z.enum(['agentcore', 'lambda', 'unknown']),
});
export type DiagnosisResponse = z.infer<typeof diagnosisResponseSchema>;
