import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import { MAX_SAVED_VIEWS, type SavedViewRequest, type SavedViewsResponse } from '@/lib/contract/saved-views';
import { tidyJobsView } from '@/lib/jobs/jobs-view';
import { requireChanges } from '../actions/action-helpers';
import { whoActs } from '../actions/who';
import { listSavedViews, putSavedView, removeSavedView } from '../catalog/saved-views-store';
import type { Deployment } from '../deployment';

/** The views of the jobs list that people gave a name, by name. Only in the catalog; AWS is not asked. */
export async function getSavedViews(d: Deployment, region: string): Promise<SavedViewsResponse> {
  return { views: await listSavedViews(d.catalog, await d.scope(region)) };
}

/**
 * Keeps a view under a name or takes one away, and gives all that are left. Throws `read_only`, and `conflict` when there are
 * as many as there may be.
 */
export async function changeSavedViews(
  d: Deployment,
  region: string,
  request: SavedViewRequest,
): Promise<SavedViewsResponse> {
  requireChanges(d);
  const scope = await d.scope(region);
  if ('remove' in request) {
    await removeSavedView(d.catalog, scope, request.remove);
  } else {
    const views = await listSavedViews(d.catalog, scope);
    if (views.length >= MAX_SAVED_VIEWS && !views.some(({ name }) => name === request.name)) {
      throw new AppError('conflict', `There are ${MAX_SAVED_VIEWS} saved views, which is all there may be.`, {
        hint: 'Remove one that nobody uses any more.',
      });
    }
    const who = (await whoActs(d, region)) ?? 'unknown credentials';
    await putSavedView(d.catalog, scope, { name: request.name, search: tidyJobsView(request.search), who });
  }
  return getSavedViews(d, region);
}
