import { resourceNotFound } from '../../../protocol/aws-error';
import { readInput } from '../../../protocol/read-input';
import type { Operation } from '../../service';
import { jobCategory, requireJobRegion, schemaVersion } from '../fields';
import { findJobSchema } from '../job-schema/job-schemas';

/** DescribeJobSchemaVersion: the JSON Schema of the config document, as text. The latest when no version is named. */
export const describeJobSchemaVersion: Operation = ({ region, input }) => {
  requireJobRegion(region);
  const read = readInput(input, { JobCategory: jobCategory(), JobConfigSchemaVersion: schemaVersion() });
  const found = findJobSchema(read.JobCategory, read.JobConfigSchemaVersion);
  if (!found) {
    throw resourceNotFound(
      `JobConfigSchemaVersion ${read.JobConfigSchemaVersion} does not exist for job category ${read.JobCategory}.`,
    );
  }
  return {
    JobCategory: read.JobCategory,
    JobConfigSchemaVersion: found.version,
    JobConfigSchema: JSON.stringify(found.schema),
  };
};
