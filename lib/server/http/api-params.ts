import 'server-only';
import { z } from 'zod';
import type { JobRef } from '../../contract/jobs';
import {
  groupNameSchema,
  jobCategorySchema,
  jobNameSchema,
  packageVersionSchema,
  regionSchema,
} from '../../contract/names';
import { runIdSchema } from '../../contract/prune';

/** The parts of an address, by the names of the folders under app/. */
export const regionParams = z.object({ region: regionSchema });
export const jobParams = z.object({ region: regionSchema, category: jobCategorySchema, name: jobNameSchema });
export const checkpointParams = z.object({
  region: regionSchema,
  group: groupNameSchema,
  version: packageVersionSchema,
});
export const pruneRunParams = z.object({ region: regionSchema, run: runIdSchema });

/** The job an address names. */
export const toJobRef = ({ category, name }: z.infer<typeof jobParams>): JobRef => ({
  jobCategory: category,
  jobName: name,
});
