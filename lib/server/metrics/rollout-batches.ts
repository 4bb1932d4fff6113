import 'server-only';
import type { Rollout } from '@/lib/contract/metrics';
import { runOfTrace, toRollout } from '@/lib/metrics/trace-facts';
import type { MlflowClient } from '../mlflow/mlflow-client';
import type { MlflowTarget } from '../mlflow/mlflow-errors';
import { searchTraces, type TraceSearch } from '../mlflow/traces';

/** Four pages of 500: the rollouts of a step of the largest batch, and what one sorting is worth waiting for. */
const MAX_PAGES = 4;

export interface RolloutBatch {
  rollouts: Rollout[];
  foundBy: 'run' | 'time_window';
  /** Where the next batch begins, when MLflow has more than one batch holds. */
  nextToken?: string;
}

/**
 * Up to 2,000 traces from a place on, newest first. Traces that name their run are found by it; where none does, those
 * of the experiment in the time of the job that name no other run.
 */
export async function loadBatch(
  client: MlflowClient,
  target: MlflowTarget,
  search: TraceSearch & { runId: string },
  from: { token?: string; foundBy?: RolloutBatch['foundBy'] },
): Promise<RolloutBatch> {
  if (from.foundBy !== 'time_window') {
    const found = await loadPages(client, target, search, from.token);
    if (found.infos.length > 0 || from.foundBy === 'run') {
      return { rollouts: toRollouts(found.infos), foundBy: 'run', nextToken: found.nextToken };
    }
  }
  const { runId, ...window } = search;
  const found = await loadPages(client, target, window, from.token);
  const own = found.infos.filter((info) => (runOfTrace(info) ?? runId) === runId);
  return { rollouts: toRollouts(own), foundBy: 'time_window', nextToken: found.nextToken };
}

async function loadPages(client: MlflowClient, target: MlflowTarget, search: TraceSearch, from?: string) {
  const infos: unknown[] = [];
  let token = from;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await searchTraces(client, target, search, token);
    infos.push(...answer.infos);
    if (answer.nextToken === undefined || answer.nextToken === token) return { infos };
    token = answer.nextToken;
  }
  return { infos, nextToken: token };
}

const toRollouts = (infos: readonly unknown[]) =>
  infos.map((info) => toRollout(info)).filter((rollout) => rollout !== undefined);
