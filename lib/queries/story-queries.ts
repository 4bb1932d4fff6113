import { queryOptions } from '@tanstack/react-query';
import { diagnosisResponseSchema, type RunDiagnosis } from '../contract/diagnosis';
import { jobEventsResponseSchema } from '../contract/job-events';
import type { JobRef } from '../contract/jobs';
import { apiPaths, type JobPart } from '../contract/paths';
import { storyResponseSchema } from '../contract/story';
import { troubleResponseSchema } from '../contract/trouble';
import { fetchJson } from './fetch-json';
import { queryKeys } from './query-keys';

const pathOf = (region: string, { jobCategory, jobName }: JobRef, part: JobPart) =>
  apiPaths.jobPart(region, jobCategory, jobName, part);

/** While CloudTrail is still being read, Cairn's own server is asked again: what it has not read costs AWS nothing more. */
const STILL_READING_MS = 4_000;

/** What happened around the end of a job. The first question of a job reads logs and CloudTrail: some seconds. */
export const storyQuery = (region: string, ref: JobRef) =>
  queryOptions({
    queryKey: queryKeys.jobPart(region, ref, 'story'),
    queryFn: ({ signal }) => fetchJson(pathOf(region, ref, 'story'), storyResponseSchema, { signal }),
    staleTime: 60_000,
    refetchInterval: ({ state: { data } }) =>
      data?.sources.some(({ state }) => state === 'reading') ? STILL_READING_MS : false,
  });

/** A job that runs may stall at any time; the server looks into its catalog for that, not at AWS. */
const LIVE_MS = 60_000;

/** The kept diagnosis; the server runs it by itself for a job that failed, was stopped or stalls. */
export const diagnosisQuery = (region: string, ref: JobRef, live: boolean) =>
  queryOptions({
    queryKey: queryKeys.jobPart(region, ref, 'diagnosis'),
    queryFn: ({ signal }) => fetchJson(pathOf(region, ref, 'diagnosis'), diagnosisResponseSchema, { signal }),
    staleTime: 60_000,
    refetchInterval: ({ state: { data } }) => (data?.reading ? STILL_READING_MS : live ? LIVE_MS : false),
  });

/** Errors and timeouts of a job's agent, minute by minute. Of a running job asked for again as often as Cairn reads on. */
export const troubleQuery = (region: string, ref: JobRef, live: boolean) =>
  queryOptions({
    queryKey: queryKeys.jobPart(region, ref, 'trouble'),
    queryFn: ({ signal }) => fetchJson(pathOf(region, ref, 'trouble'), troubleResponseSchema, { signal }),
    staleTime: 60_000,
    refetchInterval: ({ state: { data } }) => (data?.state === 'reading' ? STILL_READING_MS : live ? LIVE_MS : false),
  });

/** Who did what to a job. */
export const jobEventsQuery = (region: string, ref: JobRef) =>
  queryOptions({
    queryKey: queryKeys.jobPart(region, ref, 'events'),
    queryFn: ({ signal }) => fetchJson(pathOf(region, ref, 'events'), jobEventsResponseSchema, { signal }),
    staleTime: 60_000,
    refetchInterval: ({ state: { data } }) => (data?.trail.state === 'reading' ? STILL_READING_MS : false),
  });

/** Runs the checks now. */
export const postDiagnosis = (region: string, ref: JobRef, body: RunDiagnosis) =>
  fetchJson(pathOf(region, ref, 'diagnosis'), diagnosisResponseSchema, { method: 'POST', body });
