import { infiniteQueryOptions, mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import { listActionsResponseSchema, type PackageRef } from '../contract/action-log';
import {
  type ApprovalRequest,
  approvalResponseSchema,
  type Checkpoint,
  getCheckpointResponseSchema,
  getCheckpointTrainingResponseSchema,
  listCheckpointsResponseSchema,
  type NoteRequest,
  noteResponseSchema,
  pinResponseSchema,
} from '../contract/checkpoints';
import type { JobRef } from '../contract/jobs';
import { apiPaths } from '../contract/paths';
import { fetchJson } from './fetch-json';
import { queryKeys } from './query-keys';

/** The API's largest page: a timeline wants all checkpoints of a job, not a screenful. */
const TICKS_PER_PAGE = 500;

const checkpointsPath = (region: string, ref: JobRef) =>
  apiPaths.jobPart(region, ref.jobCategory, ref.jobName, 'checkpoints');

const checkpointPage = (region: string, ref: JobRef, cursor: string, signal: AbortSignal) => {
  const search = new URLSearchParams({ limit: String(TICKS_PER_PAGE), ...(cursor ? { cursor } : {}) });
  return fetchJson(`${checkpointsPath(region, ref)}?${search}`, listCheckpointsResponseSchema, { signal });
};

/** Every checkpoint of a job for drawing, page by page; only when and what it is, is kept. */
export const jobTicksQuery = (region: string, ref: JobRef) =>
  infiniteQueryOptions({
    queryKey: queryKeys.jobPart(region, ref, 'checkpoints', 'ticks'),
    queryFn: ({ signal, pageParam }) => checkpointPage(region, ref, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }) => ({
      ticks: pages.flatMap((page) =>
        page.checkpoints.map(({ kind, creationTime, step, isOutput }) => ({ kind, creationTime, step, isOutput })),
      ),
      total: pages[0]?.total ?? 0,
      pageCount: pages.length,
    }),
  });

/** 1,000 steps (AWS docs) with two checkpoints each, at 500 a page. */
const MAX_TWIN_PAGES = 4;

/** Every checkpoint of a job by its step: the twins of each. */
export const jobTwinsQuery = (region: string, ref: JobRef) =>
  queryOptions({
    queryKey: queryKeys.jobPart(region, ref, 'checkpoints', 'twins'),
    queryFn: async ({ signal }) => {
      const twins = new Map<number, Checkpoint[]>();
      let cursor = '';
      for (let page = 0; page < MAX_TWIN_PAGES; page += 1) {
        const { checkpoints, nextCursor } = await checkpointPage(region, ref, cursor, signal);
        for (const checkpoint of checkpoints) {
          if (checkpoint.step === undefined) continue;
          twins.set(checkpoint.step, [...(twins.get(checkpoint.step) ?? []), checkpoint]);
        }
        if (nextCursor === undefined) break;
        cursor = nextCursor;
      }
      return twins as ReadonlyMap<number, Checkpoint[]>;
    },
  });

/** A few, because the very newest may still be on its way into the registry. */
export const LAST_RESUMABLE_LIMIT = 5;

/** The newest resumable checkpoints of a job: what “Resume” starts from is the first that is complete. */
export const lastResumableQuery = (region: string, ref: JobRef) =>
  queryOptions({
    queryKey: queryKeys.jobPart(region, ref, 'checkpoints', 'last-resumable'),
    queryFn: ({ signal }) =>
      fetchJson(
        `${checkpointsPath(region, ref)}?kind=resumable&limit=${LAST_RESUMABLE_LIMIT}`,
        listCheckpointsResponseSchema,
        { signal },
      ),
  });

/** The newest model checkpoints of a job. */
export const lastModelsQuery = (region: string, ref: JobRef) =>
  queryOptions({
    queryKey: queryKeys.jobPart(region, ref, 'checkpoints', 'last-model'),
    queryFn: ({ signal }) =>
      fetchJson(
        `${checkpointsPath(region, ref)}?kind=model&limit=${LAST_RESUMABLE_LIMIT}`,
        listCheckpointsResponseSchema,
        { signal },
      ),
  });

/** One checkpoint with its twin and the jobs made from it. */
export const checkpointQuery = (region: string, group: string, version: number) =>
  queryOptions({
    queryKey: queryKeys.checkpoint(region, group, version),
    queryFn: ({ signal }) =>
      fetchJson(apiPaths.checkpoint(region, group, version), getCheckpointResponseSchema, { signal }),
  });

/** Until MLflow was read once, the answer is asked for again. */
const WAITING_MS = 5_000;

/** What its job measured at its step, and its LoRA settings. */
export const checkpointTrainingQuery = (region: string, { group, version }: PackageRef) =>
  queryOptions({
    queryKey: [...queryKeys.checkpoint(region, group, version), 'training'] as const,
    queryFn: ({ signal }) =>
      fetchJson(apiPaths.checkpointPart(region, group, version, 'training'), getCheckpointTrainingResponseSchema, {
        signal,
      }),
    refetchInterval: ({ state }) => (state.data?.source?.state === 'waiting' ? WAITING_MS : false),
  });

/** The checkpoints of a few steps of a job; one page is enough for a range of a lane. */
export const stepRangeQuery = (region: string, ref: JobRef, fromStep: number, toStep: number) =>
  queryOptions({
    queryKey: queryKeys.jobPart(region, ref, 'checkpoints', `${fromStep}-${toStep}`),
    queryFn: ({ signal }) =>
      fetchJson(
        `${checkpointsPath(region, ref)}?fromStep=${fromStep}&toStep=${toStep}&limit=${TICKS_PER_PAGE}`,
        listCheckpointsResponseSchema,
        { signal },
      ),
  });

/** What was done to a checkpoint through this dashboard, newest first. */
export const checkpointActionsQuery = (region: string, { group, version }: PackageRef) =>
  queryOptions({
    queryKey: [...queryKeys.checkpoint(region, group, version), 'actions'] as const,
    queryFn: ({ signal }) =>
      fetchJson(
        `${apiPaths.actions(region)}?${new URLSearchParams({ group, version: String(version), limit: '20' })}`,
        listActionsResponseSchema,
        { signal },
      ),
  });

const refresh = (client: QueryClient, region: string, { group, version }: PackageRef) =>
  Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.checkpoint(region, group, version) }),
    client.invalidateQueries({ queryKey: queryKeys.lineage(region) }),
  ]);

/** Approves or rejects a checkpoint at AWS. */
export const approvalMutation = (region: string, ref: PackageRef, client: QueryClient) =>
  mutationOptions({
    mutationKey: ['region', region, 'approval', ref.group, ref.version],
    mutationFn: (body: ApprovalRequest) =>
      fetchJson(apiPaths.checkpointPart(region, ref.group, ref.version, 'approval'), approvalResponseSchema, {
        method: 'POST',
        body,
      }),
    onSettled: () => refresh(client, region, ref),
  });

/** Pins a checkpoint or lets go of it. */
export const pinMutation = (region: string, ref: PackageRef, client: QueryClient) =>
  mutationOptions({
    mutationKey: ['region', region, 'pin', ref.group, ref.version],
    mutationFn: (pinned: boolean) =>
      fetchJson(apiPaths.checkpointPart(region, ref.group, ref.version, 'pin'), pinResponseSchema, {
        method: 'POST',
        body: { pinned },
      }),
    onSettled: () => refresh(client, region, ref),
  });

/** Writes a note, or takes one away. */
export const noteMutation = (region: string, ref: PackageRef, client: QueryClient) =>
  mutationOptions({
    mutationKey: ['region', region, 'notes', ref.group, ref.version],
    mutationFn: (body: NoteRequest) =>
      fetchJson(apiPaths.checkpointPart(region, ref.group, ref.version, 'notes'), noteResponseSchema, {
        method: 'POST',
        body,
      }),
    onSettled: () => refresh(client, region, ref),
  });
