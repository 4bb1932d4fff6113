import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { otherMethods } from '@/lib/server/http/other-methods';
import { route } from '@/lib/server/http/route';
import { getStory } from '@/lib/server/story/get-story';

// GET /api/{region}/jobs/{category}/{name}/story – what happened around the job's end, from every source that knows.
export const GET = route({ params: jobParams }, ({ params }, d) => getStory(d, params.region, toJobRef(params)));

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
