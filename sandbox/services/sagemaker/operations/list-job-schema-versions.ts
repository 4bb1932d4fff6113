import { readInput } from '../../../protocol/read-input';
import type { Operation } from '../../service';
import { jobCategory, maxResults, nextToken, requireJobRegion } from '../fields';
import { JOB_SCHEMAS } from '../job-schema/job-schemas';
import { cutPage } from '../page';

/** ListJobSchemaVersions: the schema versions of a category, newest first. */
export const listJobSchemaVersions: Operation = ({ region, input }) => {
  requireJobRegion(region);
  const read = readInput(input, { JobCategory: jobCategory(), NextToken: nextToken(), MaxResults: maxResults() });
  const schemas = JOB_SCHEMAS[read.JobCategory];
  const page = cutPage({
    input,
    token: read.NextToken,
    limit: read.MaxResults ?? 50,
    scanLimit: schemas.length,
    candidates: schemas,
    matches: () => true,
    keyOf: (schema) => schema.version,
  });
  return {
    JobConfigSchemas: page.items.map(({ version }) => ({ JobConfigSchemaVersion: version })),
    NextToken: page.nextToken,
  };
};
