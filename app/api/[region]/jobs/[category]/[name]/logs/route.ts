import { listLogsQuerySchema } from '@/lib/contract/logs';
import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { listJobLogs } from '@/lib/server/logs/list-job-logs';

// GET /api/{region}/jobs/{category}/{name}/logs – the job's own log, from its end; with `q`, the lines that hold it.
export const GET = route({ params: jobParams, query: listLogsQuerySchema }, ({ params, query }, d) =>
  listJobLogs(d, params.region, toJobRef(params), query),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
