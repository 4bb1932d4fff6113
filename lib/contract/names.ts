import { z } from 'zod';

/**
 * Names and identifiers as they come in from outside. Patterns and lengths: the SageMaker API model.
 * A value that fails is answered with 400 naming the field; nothing malformed reaches AWS or the catalog.
 */

/** The two kinds of job Cairn knows. AWS lists them separately; there is no call for both. */
export const JOB_CATEGORIES = ['AgentRFT', 'AgentRFTEvaluation'] as const;
export const jobCategorySchema = z.enum(JOB_CATEGORIES, {
  error: `must be one of ${JOB_CATEGORIES.join(', ')}`,
});
export type JobCategory = z.infer<typeof jobCategorySchema>;

/** 1 to 63 letters, digits and inner hyphens. */
export const JOB_NAME_PATTERN = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;
export const jobNameSchema = z
  .string()
  .min(1)
  .max(63, { error: 'must be at most 63 characters' })
  .regex(JOB_NAME_PATTERN, { error: 'must be letters, digits and inner hyphens (1 to 63 characters)' });

/** A region such as us-west-2 or us-gov-west-1. */
export const regionSchema = z
  .string()
  .max(32)
  .regex(/^[a-z]{2,3}(-[a-z]+)+-\d{1,2}$/, { error: 'must be an AWS region such as us-west-2' });

/** A model package group name. */
export const groupNameSchema = z
  .string()
  .max(63)
  .regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/, { error: 'must be a model package group name' });

/** A version inside a model package group, from 1. */
export const packageVersionSchema = z.coerce
  .number({ error: 'must be a whole number from 1' })
  .int()
  .min(1)
  .max(2147483647);

/** A time as ISO 8601 in UTC, as every answer of the API carries it. */
export const isoTimeSchema = z.iso.datetime({ offset: true });

/** A time that somebody asks with: within the years that every part of Cairn writes alike. */
export const askedTimeSchema = isoTimeSchema.refine(
  // What is no time at all is told by the schema before.
  (text) => !(Date.parse(text) < 0 || Date.parse(text) > Date.UTC(9999, 11, 31)),
  { error: 'must be a time between 1970 and 9999 such as 2026-06-03T12:00:00Z' },
);
