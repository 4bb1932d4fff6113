import { getLineageQuerySchema } from '@/lib/contract/lineage';
import { regionParams } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { getLineage } from '@/lib/server/lineage/get-lineage';

// GET /api/{region}/lineage – lanes and how they hang together, collapsed to what a screen can hold.
export const GET = route({ params: regionParams, query: getLineageQuerySchema }, ({ params, query }, d) =>
  getLineage(d, params.region, query),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
