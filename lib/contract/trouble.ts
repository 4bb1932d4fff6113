import { z } from 'zod';
import { clockSchema } from './jobs';

/** Lines about trouble in an agent's log within one minute. */
export const troubleMinuteSchema = z.object({
  /** Start of the minute, epoch milliseconds. */
  atMs: z.number().int(),
  errors: z.number().int(),
  timeouts: z.number().int(),
});
export type TroubleMinute = z.infer<typeof troubleMinuteSchema>;

/** `GET …/trouble`: what an agent's log tells of its health while a job ran. Minutes without trouble are left out. */
export const troubleResponseSchema = clockSchema.extend({
  /** reading: more is to come. none: no such log. */
  state: z.enum(['ok', 'reading', 'none', 'denied', 'failed']),
  minutes: z.array(troubleMinuteSchema),
  /** Which part of the job's time was read, epoch milliseconds. */
  fromMs: z.number().int(),
  toMs: z.number().int(),
  logGroup: z.string().optional(),
  /** Other jobs with the same agent that ran meanwhile: unless a line names its job, theirs are counted as well. */
  sharedWith: z.array(z.string()).optional(),
  /** Why it is not whole, one or two sentences. */
  note: z.string().optional(),
});
export type TroubleResponse = z.infer<typeof troubleResponseSchema>;
