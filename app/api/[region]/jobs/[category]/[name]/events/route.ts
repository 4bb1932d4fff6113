import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { listJobEvents } from '@/lib/server/story/list-job-events';

// GET /api/{region}/jobs/{category}/{name}/events – who did what to the job: CloudTrail and Cairn's action log in one list.
export const GET = route({ params: jobParams }, ({ params }, d) => listJobEvents(d, params.region, toJobRef(params)));

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
