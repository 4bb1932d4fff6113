import { z } from 'zod';

/** What a row of the jobs list shows of reward; kept in the catalog, so a page of rows costs no call. */
export const rewardSummarySchema = z.object({
  /** Mean reward, at most 40 points, extremes kept. */
  spark: z.array(z.number().nullable()),
  last: z.number().optional(),
  /** Peak of val/reward/mean; eval/reward/mean of an evaluation job. */
  bestValidation: z.object({ value: z.number(), step: z.number().int() }).optional(),
});
export type RewardSummary = z.infer<typeof rewardSummarySchema>;
