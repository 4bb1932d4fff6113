import { z } from 'zod';
import { jobCategorySchema } from './names';

/**
 * What `GET /api/events` sends: names of what changed in the catalog, never the data itself. The browser asks again for
 * what it shows. `hello` opens the stream; `sync` says that the sync state (ages, errors, progress of the fill) moved.
 */
export const catalogEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), version: z.string() }),
  z.object({
    type: z.literal('job'),
    region: z.string(),
    jobCategory: jobCategorySchema,
    jobName: z.string(),
  }),
  z.object({ type: z.literal('jobs'), region: z.string() }),
  z.object({
    type: z.literal('checkpoints'),
    region: z.string(),
    jobCategory: jobCategorySchema,
    jobName: z.string(),
  }),
  z.object({
    type: z.literal('metrics'),
    region: z.string(),
    jobCategory: jobCategorySchema,
    jobName: z.string(),
  }),
  /** What people keep of a checkpoint: its pin, its notes, its approval. */
  z.object({ type: z.literal('marks'), region: z.string(), group: z.string(), version: z.number().int() }),
  z.object({ type: z.literal('prune'), region: z.string() }),
  z.object({ type: z.literal('sync'), region: z.string() }),
]);
export type CatalogEvent = z.infer<typeof catalogEventSchema>;

/** The event names of the stream: each event is sent under the name of its type. */
export const CATALOG_EVENT_TYPES = catalogEventSchema.options.map((option) => option.shape.type.value);
