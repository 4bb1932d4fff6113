import { z } from 'zod';
import { clockSchema } from './jobs';
import { askedTimeSchema, isoTimeSchema } from './names';

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

/** `error`: errors. `warn`: warnings and errors. */
export const LOG_LEVELS = ['error', 'warn'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What of a log is looked at: the same for a page, a search and a download. */
export const logScopeSchema = z.object({
  source: logSourceSchema.default('job'),
  /** Words to look for, together and in this case; over the whole log, newest first. */
  q: z.string().max(512).optional(),
  level: z.enum(LOG_LEVELS, { error: 'must be error or warn' }).optional(),
  /** One stream of the source. Names: the CloudWatch Logs API model. */
  stream: z
    .string()
    .min(1)
    .max(512)
    .regex(/^[^:*]+$/, { error: 'must be the name of a log stream' })
    .optional(),
  /** Lines from this time on, and before that one. */
  from: askedTimeSchema.optional(),
  to: askedTimeSchema.optional(),
});
export type LogScopeQuery = z.infer<typeof logScopeSchema>;

/** As many lines of the end as a log is opened with, by the page's server and by the browser: so both ask the same. */
export const END_LINES = 200;

export const listLogsQuerySchema = logScopeSchema.extend({
  /** Opens at this time instead of at the end, with lines before and after it. */
  around: askedTimeSchema.optional(),
  /** The lines before this time, or from it on: what the cursors mean, for who knows the time. A page never splits a millisecond. */
  before: askedTimeSchema.optional(),
  after: askedTimeSchema.optional(),
  cursor: z.string().max(8192).optional(),
  limit: z.coerce.number().int().min(1).max(5000).default(500),
});
export type ListLogsQuery = z.infer<typeof listLogsQuerySchema>;

/** Oldest first inside a page. The first page is the end of the log, or the lines around a time. */
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
  /** Ask with it for the lines after these, which are there already; absent at the end. */
  laterCursor: z.string().optional(),
  /** Ask with it for lines that came after these, every few seconds; absent some minutes after the job has ended. */
  newerCursor: z.string().optional(),
  /** Between these times the source can have lines of the job: where a scroll bar begins and ends. */
  span: z.object({ from: isoTimeSchema, to: isoTimeSchema }),
  /**
   * With words or a level: the stretch of time in which every line was looked at for this page; `complete`: back to the
   * start. `lines`: how many were looked at, where that is known.
   */
  searched: z
    .object({ from: isoTimeSchema, to: isoTimeSchema, complete: z.boolean(), lines: z.number().int().optional() })
    .optional(),
  /** The log comes from the catalog, not from AWS. `whole` is false when only its end was kept. */
  kept: z.object({ at: isoTimeSchema, lines: z.number().int(), whole: z.boolean() }).optional(),
});
export type ListLogsResponse = z.infer<typeof listLogsResponseSchema>;

/** The first error of the failure: of the last ten minutes before the end, else of the last hour, else of the whole log. */
export const firstErrorResponseSchema = clockSchema.extend({
  event: logEventSchema.optional(),
  /** Every line between these times was looked at. */
  searched: z.object({ from: isoTimeSchema, to: isoTimeSchema }),
});
export type FirstErrorResponse = z.infer<typeof firstErrorResponseSchema>;

export const logSourcesResponseSchema = z.object({
  sources: z.array(
    z.object({
      source: logSourceSchema,
      /** Job log, AgentCore runtime, Lambda function, or the group's own name. */
      label: z.string(),
      logGroup: z.string(),
      /** Of a named group: for this job alone, or for all of the region. */
      scope: z.enum(['job', 'region']).optional(),
    }),
  ),
  /** Which groups may be named, as the operator wrote it; empty when none may. */
  allowed: z.array(z.string()),
});
export type LogSources = z.infer<typeof logSourcesResponseSchema>;

/** Names a log group for a job or its whole region, or takes the name away. */
export const nameLogGroupSchema = z.object({
  logGroup: z
    .string()
    .min(1)
    .max(512)
    .regex(/^[.\-_/#A-Za-z0-9]+$/, { error: 'must be the name of a log group such as /aws/eks/agents/app' }),
  scope: z.enum(['job', 'region']),
  remove: z.boolean().default(false),
});
export type NameLogGroup = z.infer<typeof nameLogGroupSchema>;
