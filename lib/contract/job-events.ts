import { z } from 'zod';
import { clockSchema } from './jobs';
import { isoTimeSchema } from './names';

/** Something that somebody did to a job, its checkpoints or its agent. */
export const jobEventSchema = z.object({
  id: z.string(),
  /** cloudtrail: AWS's own record. cairn: Cairn's action log. */
  source: z.enum(['cloudtrail', 'cairn']),
  at: isoTimeSchema,
  /** The word of AWS: `CreateJob`; or of Cairn: `resume`. */
  name: z.string(),
  /** In words: `Created the job`. */
  title: z.string(),
  who: z.string().optional(),
  whoArn: z.string().optional(),
  /** What it was done to or with. */
  detail: z.string().optional(),
  /** AWS refused it, or it failed. */
  error: z.string().optional(),
});
export type JobEvent = z.infer<typeof jobEventSchema>;

/** `GET …/events`, newest first. */
export const jobEventsResponseSchema = clockSchema.extend({
  events: z.array(jobEventSchema),
  /** How far CloudTrail was read, and why not further. Events arrive up to 15 minutes late. */
  trail: z.object({
    state: z.enum(['ok', 'reading', 'denied', 'failed']),
    from: isoTimeSchema.optional(),
    to: isoTimeSchema.optional(),
    message: z.string().optional(),
    hint: z.string().optional(),
  }),
});
export type JobEventsResponse = z.infer<typeof jobEventsResponseSchema>;
