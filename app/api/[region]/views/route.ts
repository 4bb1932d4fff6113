import { savedViewRequestSchema } from '@/lib/contract/saved-views';
import { regionParams } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { changeSavedViews, getSavedViews } from '@/lib/server/jobs/saved-views';

// GET /api/{region}/views – the views of the jobs list that the team keeps.
export const GET = route({ params: regionParams }, ({ params }, d) => getSavedViews(d, params.region));

// POST /api/{region}/views – keeps one under a name, or takes one away.
export const POST = route(
  { params: regionParams, body: savedViewRequestSchema, mutates: true },
  ({ params, body }, d) => changeSavedViews(d, params.region, body),
);

export const { PUT, PATCH, DELETE } = otherMethods('GET', 'POST');
