import { z } from 'zod';
import { clockSchema } from './jobs';
import { isoTimeSchema } from './names';

export const logEventSchema = z.object({
  /** Stable across pages and viewers: made of stream, time and order. */
  id: z.string(),
  timestamp: isoTimeSchema,
  message: z.string(),
  stream: z.string(),
});
export type LogEvent = z.infer<typeof logEventSchema>;

/**
 * none-yet: the job is young, AWS has no stream. expired: retention took it. empty: streams without a line, or a job
 * that ended within the last day and wrote none.
 */
export const LOG_STATES = ['ok', 'none-yet', 'expired', 'empty'] as const;

/** `group:` and the name of a log group that somebody named for the job or its region. Names: the CloudWatch Logs API model. */
const NAMED_GROUP = /^group:[.\-_/#A-Za-z0-9]{1,512}$/;

/** Whose log: the job's own, its agent's (AgentCore runtime or Lambda forwarder), or a named group's. */
export const logSourceSchema = z
  .string()
  .refine((text): text is LogSourceName => text === 'job' || text === 'agent' || NAMED_GROUP.test(text), {
    error: 'must be job, agent, or group: and the name of a log group',
  });
export type LogSourceName = 'job' | 'agent' | `group:${string}`;

export const listLogsQuerySchema = z.object({
  source: z.enum(['job']).default('job'),
  /** Words to look for, together and in this case; the search runs at AWS, over the whole log, newest first. */
  q: z.string().max(512).optional(),
  cursor: z.string().max(8192).optional(),
  limit: z.coerce.number().int().min(1).max(2000).default(500),
});
export type ListLogsQuery = z.infer<typeof listLogsQuerySchema>;

/** Oldest first inside a page. The first page is the end of the log. */
export const listLogsResponseSchema = clockSchema.extend({
  state: z.enum(LOG_STATES),
  logGroup: z.string(),
  streams: z.array(z.string()),
  events: z.array(logEventSchema),
  /**
   * Ask with it for the lines before these; absent at the start of the log. In an answer to a `newerCursor` it means
   * that too much was missed: drop what came before and go on from this page.
   */
  olderCursor: z.string().optional(),
  /** Ask with it for lines that came after these, every few seconds; absent some minutes after the job has ended. */
  newerCursor: z.string().optional(),
  /** With `q`: the stretch of time in which every line was looked at for this page; `complete`: back to the start. */
  searched: z.object({ from: isoTimeSchema, to: isoTimeSchema, complete: z.boolean() }).optional(),
});
export type ListLogsResponse = z.infer<typeof listLogsResponseSchema>;
