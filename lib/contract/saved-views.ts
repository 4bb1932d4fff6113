import { z } from 'zod';
import { isoTimeSchema } from './names';

/** The most views a region may have: a menu, not an archive. */
export const MAX_SAVED_VIEWS = 100;

export const savedViewSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  /** The query string of the jobs page, canonical, without a question mark; empty for the list as it is. */
  search: z.string(),
  who: z.string(),
  time: isoTimeSchema,
});
export type SavedView = z.infer<typeof savedViewSchema>;

/** A name that is taken is given to the new view: that is how a view is changed. */
export const savedViewRequestSchema = z.union([
  z.strictObject({ name: z.string().trim().min(1).max(80), search: z.string().max(2000) }),
  z.strictObject({ remove: z.number().int().min(1).max(2147483647) }),
]);
export type SavedViewRequest = z.infer<typeof savedViewRequestSchema>;

/** By name. */
export const savedViewsResponseSchema = z.object({ views: z.array(savedViewSchema) });
export type SavedViewsResponse = z.infer<typeof savedViewsResponseSchema>;
