import { deleteJob } from '@/lib/server/actions/delete-job';
import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { getJob } from '@/lib/server/jobs/get-job';

// GET /api/{region}/jobs/{category}/{name} – one job whole.
export const GET = route({ params: jobParams }, ({ params }, d) => getJob(d, params.region, toJobRef(params)));

// DELETE /api/{region}/jobs/{category}/{name} – deletes a job that has ended from AWS; the catalog remembers it.
export const DELETE = route({ params: jobParams, mutates: true }, ({ params }, d) =>
  deleteJob(d, params.region, toJobRef(params)),
);

export const { POST, PUT, PATCH } = otherMethods('GET', 'DELETE');
