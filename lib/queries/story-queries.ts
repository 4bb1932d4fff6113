import { queryOptions } from '@tanstack/react-query';
import { diagnosisResponseSchema, type RunDiagnosis } from '../contract/diagnosis';
import { jobEventsResponseSchema } from '../contract/job-events';
import type { JobRef } from '../contract/jobs';
import { apiPaths, type JobPart } from '../contract/paths';
import { storyResponseSchema } from '../contract/story';
import { fetchJson } from './fetch-json';
import { queryKeys } from './query-keys';

const pathOf = (region: string, { jobCategory, jobName }: JobRef, part: JobPart) =>
  apiPaths.jobPart(region, jobCategory, jobName, part);

/** What happened around the end of a job. The first question of a job reads logs and CloudTrail: some seconds. */
export const storyQuery = (region: string, ref: JobRef) =>
  queryOptions({
    queryKey: queryKeys.jobPart(region, ref, 'story'),
    queryFn: ({ signal }) => fetchJson(pathOf(region, ref, 'story'), storyResponseSchema, { signal }),
    staleTime: 60_000,
  });

/** The kept diagnosis; the server runs it once by itself for a job that failed or was stopped. */
export const diagnosisQuery = (region: string, ref: JobRef) =>
  queryOptions({
    queryKey: queryKeys.jobPart(region, ref, 'diagnosis'),
    queryFn: ({ signal }) => fetchJson(pathOf(region, ref, 'diagnosis'), diagnosisResponseSchema, { signal }),
    staleTime: 60_000,
  });

/** Who did what to a job. */
export const jobEventsQuery = (region: string, ref: JobRef) =>
  queryOptions({
    queryKey: queryKeys.jobPart(region, ref, 'events'),
    queryFn: ({ signal }) => fetchJson(pathOf(region, ref, 'events'), jobEventsResponseSchema, { signal }),
    staleTime: 60_000,
  });

/** Runs the checks now. */
export const postDiagnosis = (region: string, ref: JobRef, body: RunDiagnosis) =>
  fetchJson(pathOf(region, ref, 'diagnosis'), diagnosisResponseSchema, { method: 'POST', body });
