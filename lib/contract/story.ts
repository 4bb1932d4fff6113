import { z } from 'zod';
import { clockSchema } from './jobs';
import { isoTimeSchema } from './names';

/** Where an entry of a failure story comes from. */
export const STORY_SOURCES = [
  'transitions',
  'job-log',
  'agent-log',
  'rollouts',
  'rollout-calls',
  'cloudtrail',
] as const;
export const storySourceSchema = z.enum(STORY_SOURCES);
export type StorySource = z.infer<typeof storySourceSchema>;

/** One thing that happened. Lines that say the same but for numbers and ids are one entry with a count. */
export const storyEntrySchema = z.object({
  id: z.string(),
  source: storySourceSchema,
  at: isoTimeSchema,
  /** Of the last of the lines that were folded into it. */
  lastAt: isoTimeSchema.optional(),
  level: z.enum(['error', 'warn', 'info']),
  text: z.string(),
  count: z.number().int().min(1),
  /** The log stream, to open the log there. */
  stream: z.string().optional(),
  /** The step of the rollouts it tells of. */
  step: z.number().int().optional(),
  /** The first error of its source. */
  pinned: z.boolean(),
});
export type StoryEntry = z.infer<typeof storyEntrySchema>;

/** A cause that the traces point at, with what it means and what to do. */
export const causeSchema = z.object({
  id: z.string(),
  title: z.string(),
  meaning: z.string(),
  todo: z.array(z.string()),
  /** Where it was read: the words, their source and time. */
  evidence: z.object({
    source: storySourceSchema.or(z.literal('agent')),
    at: isoTimeSchema.optional(),
    text: z.string(),
  }),
});
export type Cause = z.infer<typeof causeSchema>;

/** What became of reading one source. */
export const storySourceStateSchema = z.object({
  source: storySourceSchema,
  label: z.string(),
  /** reading: more is to come. none: nothing there, or no such group. denied: not allowed. failed: AWS did not answer. */
  state: z.enum(['ok', 'reading', 'none', 'denied', 'failed']),
  /** Why it is not whole, or what was looked at. */
  note: z.string().optional(),
  logGroup: z.string().optional(),
  /** ARN of the event data store it was read in, and how many bytes its query scanned, which are billed. */
  eventDataStore: z.string().optional(),
  scannedBytes: z.number().optional(),
  /** When calls were counted, where events may still have been on their way then; absent once they are all there. */
  asOf: isoTimeSchema.optional(),
});
export type StorySourceState = z.infer<typeof storySourceStateSchema>;

/** Calls that agents made on a job (Sample and the like) within one minute, by name. */
export const callMinuteSchema = z.object({
  at: isoTimeSchema,
  calls: z.record(z.string(), z.number().int()),
  refused: z.number().int(),
});
export type CallMinute = z.infer<typeof callMinuteSchema>;

/** `GET …/story`. Entries are oldest first. */
export const storyResponseSchema = clockSchema.extend({
  from: isoTimeSchema,
  to: isoTimeSchema,
  entries: z.array(storyEntrySchema),
  sources: z.array(storySourceStateSchema),
  /** Oldest first; absent where no trail or store with data events is known to Cairn, and while it is being read. */
  callMinutes: z.array(callMinuteSchema).optional(),
  /** Clocks that seem to differ, said in words: nothing is put in another order for it. */
  skew: z.array(z.string()).optional(),
  /** Most likely first; empty when no trace is known. */
  causes: z.array(causeSchema),
  /** It is of a finished job and will not change: it was kept in the catalog. */
  kept: z.boolean(),
});
export type StoryResponse = z.infer<typeof storyResponseSchema>;
