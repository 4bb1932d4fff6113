import { approvalRequestSchema } from '@/lib/contract/checkpoints';
import { approveCheckpoint } from '@/lib/server/actions/approve-checkpoint';
import { checkpointParams } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';

// POST /api/{region}/checkpoints/{group}/{version}/approval – approves or rejects it at AWS.
export const POST = route(
  { params: checkpointParams, body: approvalRequestSchema, mutates: true },
  ({ params, body }, d) => approveCheckpoint(d, params.region, params, body),
);

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');
