import { isReservedTagKey, type JobRequest } from './build-resume-request';
import { equalJson } from './equal-json';
import { removeJsonMember } from './json-text';

/** What DescribeJob says of a job that already has the wanted name. */
export interface ExistingJob {
  jobName: string;
  jobCategory: string;
  roleArn?: string;
  jobConfigSchemaVersion?: string;
  /** The document as AWS returned it, ServiceOutput and all. */
  rawDocument?: string;
  tags: { key: string; value: string }[];
}

/**
 * Whether the existing job is what the request asks for: name, category, role, schema version, the same tags beside
 * AWS's own, and the same document in meaning, ServiceOutput left out. Anything that cannot be read counts as different.
 */
export function sameRequest(existing: ExistingJob, request: JobRequest): boolean {
  return (
    existing.jobName === request.JobName &&
    existing.jobCategory === request.JobCategory &&
    existing.roleArn === request.RoleArn &&
    existing.jobConfigSchemaVersion === request.JobConfigSchemaVersion &&
    sameTags(existing.tags, request.Tags ?? []) &&
    sameDocument(existing.rawDocument, request.JobConfigDocument)
  );
}

function sameTags(existing: { key: string; value: string }[], wanted: { Key: string; Value: string }[]): boolean {
  const own = existing.filter((tag) => !isReservedTagKey(tag.key)).map(({ key, value }) => [key, value]);
  return equalJson(Object.fromEntries(own), Object.fromEntries(wanted.map(({ Key, Value }) => [Key, Value])));
}

function sameDocument(existing: string | undefined, wanted: string): boolean {
  if (existing === undefined) return false;
  try {
    JSON.parse(existing);
    return equalJson(JSON.parse(removeJsonMember(existing, [], 'ServiceOutput')), JSON.parse(wanted));
  } catch {
    return false;
  }
}
