import type { Check } from '../contract/actions';
import { parseConfigDocument } from '../jobs/parse-config-document';
import type { JobRequest } from './build-resume-request';

/** Services whose resources a job must find in its own region; hub content and roles are found everywhere. */
const REGIONAL = /^arn:[^:]+:(sagemaker|bedrock-agentcore|lambda|kms):([a-z0-9-]*):/;

/** Every ARN in the document is of the region the job runs in. */
export function checkRegion(region: string, request: JobRequest): Check {
  const title = 'Everything is in the same region';
  const foreign = arnsOf(parseConfigDocument(request.JobConfigDocument).parsed).filter((arn) => {
    const found = REGIONAL.exec(arn)?.[2];
    return found !== undefined && found !== '' && found !== region;
  });
  const [first, ...others] = foreign;
  if (first === undefined) return { id: 'region', state: 'pass', title, detail: `${region}.` };
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return {
    id: 'region',
    state: 'fail',
    title,
    detail: `The job runs in ${region}, but ${first}${more} is elsewhere.`,
    hint: `Use one of ${region}.`,
  };
}

function arnsOf(document: unknown): string[] {
  const found: string[] = [];
  let level: unknown[] = [document];
  while (level.length > 0) {
    for (const value of level) if (typeof value === 'string' && value.startsWith('arn:')) found.push(value);
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return found;
}
