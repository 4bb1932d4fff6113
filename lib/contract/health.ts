import { z } from 'zod';
import { ERROR_CODE_NAMES } from './error-codes';
import { isoTimeSchema } from './names';

/** A failure of the background sync, as the pages show it. `scope` names what it hit: a category, a group, a job. */
export const syncErrorSchema = z.object({
  code: z.enum(ERROR_CODE_NAMES),
  message: z.string(),
  hint: z.string().optional(),
  scope: z.string(),
  since: isoTimeSchema,
  lastAt: isoTimeSchema,
});
export type SyncError = z.infer<typeof syncErrorSchema>;

export const regionSyncSchema = z.object({
  region: z.string(),
  /** filling: the first read of the account is under way. live: kept up to date. */
  phase: z.enum(['waiting', 'filling', 'live', 'failing']),
  /** The first fill, counted; totals grow while lists are read and are absent before. */
  fill: z
    .object({
      jobsListed: z.number().int(),
      jobsDescribed: z.number().int(),
      groupsDone: z.number().int(),
      groupsTotal: z.number().int().optional(),
      packagesListed: z.number().int(),
      packagesDescribed: z.number().int(),
      /** Packages still asked for one by one, because what is cheap to read says too little; absent before that begins. */
      packagesToInspect: z.number().int().optional(),
    })
    .optional(),
  lastSuccessAt: isoTimeSchema.optional(),
  errors: z.array(syncErrorSchema),
});
export type RegionSync = z.infer<typeof regionSyncSchema>;

export const healthSchema = z.object({
  status: z.enum(['ok', 'degraded', 'unavailable']),
  version: z.string(),
  mode: z.enum(['sandbox', 'aws']),
  account: z.string().optional(),
  regions: z.array(z.string()),
  /** Why changes are shut, if they are. */
  readOnly: z.object({ reason: z.string() }).optional(),
  catalog: z.object({ kind: z.enum(['pglite', 'postgres']), ok: z.boolean(), error: z.string().optional() }),
  sync: z.object({
    lastSuccessAt: isoTimeSchema.optional(),
    lagSeconds: z.number().optional(),
    error: syncErrorSchema.optional(),
    regions: z.array(regionSyncSchema),
  }),
  awsNow: isoTimeSchema,
  /** The server's own clock, which `lastSuccessAt` is measured by: an age is the difference, whatever the viewer's clock says. */
  serverNow: isoTimeSchema,
});
export type Health = z.infer<typeof healthSchema>;
