import { runDiagnosisSchema } from '@/lib/contract/diagnosis';
import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { getDiagnosis, runDiagnosis } from '@/lib/server/story/run-diagnosis';

// GET /api/{region}/jobs/{category}/{name}/diagnosis – the checks kept for the job; a failed one is checked once by itself.
export const GET = route({ params: jobParams }, ({ params }, d) => getDiagnosis(d, params.region, toJobRef(params)));

// POST /api/{region}/jobs/{category}/{name}/diagnosis – runs the checks now; `invoke` runs the forwarder once.
export const POST = route({ params: jobParams, body: runDiagnosisSchema, mutates: true }, ({ params, body }, d) =>
  runDiagnosis(d, params.region, toJobRef(params), body),
);

export const { PUT, PATCH, DELETE } = otherMethods('GET', 'POST');
