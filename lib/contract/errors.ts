import { z } from 'zod';
import { ERROR_CODE_NAMES } from './error-codes';

/** The body of every answer that is not a success. */
export const errorBodySchema = z.object({
  error: z.object({
    code: z.enum(ERROR_CODE_NAMES),
    message: z.string(),
    hint: z.string().optional(),
    field: z.string().optional(),
    requestId: z.string(),
  }),
});

export type ErrorBody = z.infer<typeof errorBodySchema>;
