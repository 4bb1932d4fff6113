import { keepPreviousData, mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import {
  type CreateRequest,
  createResponseSchema,
  type PlanRequest,
  type PlanResponse,
  planResponseSchema,
  stopResponseSchema,
} from '../contract/actions';
import type { JobRef } from '../contract/jobs';
import { apiPaths } from '../contract/paths';
import { fetchJson } from './fetch-json';
import { queryKeys } from './query-keys';

/**
 * The plan of a job that is not made yet. Changes nothing, so it is a query: asked again whenever its body changes, the
 * last answer stays on screen meanwhile. Never fresh for long: what it checked may change with every job of the account.
 */
export const planQuery = <B extends PlanRequest>(region: string, body: B) =>
  queryOptions({
    queryKey: queryKeys.plan(region, body),
    queryFn: async ({ signal }) => {
      const plan = await fetchJson(apiPaths.plan(region), planResponseSchema, { method: 'POST', body, signal });
      // The plan of a resume is a resume: the server answers in kind.
      return plan as Extract<PlanResponse, { action: B['action'] }>;
    },
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    // Coming back to a tab must not put another plan under the button that is about to be pressed.
    refetchOnWindowFocus: false,
    gcTime: 60_000,
  });

/** Makes the planned job. Sending the very same plan again makes no second one, so a lost answer may be asked again. */
export const createJobMutation = (region: string, client: QueryClient) =>
  mutationOptions({
    mutationKey: ['region', region, 'create'],
    mutationFn: (body: CreateRequest) =>
      fetchJson(apiPaths.jobs(region), createResponseSchema, { method: 'POST', body }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.jobLists(region) }),
  });

/** Asks AWS to stop a job. */
export const stopJobMutation = (region: string, ref: JobRef, client: QueryClient) =>
  mutationOptions({
    mutationKey: ['region', region, 'stop', ref.jobCategory, ref.jobName],
    mutationFn: () =>
      fetchJson(apiPaths.jobPart(region, ref.jobCategory, ref.jobName, 'stop'), stopResponseSchema, {
        method: 'POST',
        body: {},
      }),
    onSettled: () => refreshJob(client, region, ref),
  });

const refreshJob = (client: QueryClient, region: string, ref: JobRef) =>
  Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.job(region, ref) }),
    client.invalidateQueries({ queryKey: queryKeys.jobLists(region) }),
  ]);
