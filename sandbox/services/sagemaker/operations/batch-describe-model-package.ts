import { listOf, must, readInput, text } from '../../../protocol/read-input';
import { parsePackageRef } from '../../../world/arns';
import { inferenceSpecification, packageSummary } from '../../../world/package-view';
import type { Operation } from '../../service';

const PACKAGE_ARN = /arn:aws[a-z-]*:sagemaker:[a-z0-9-]{9,16}:[0-9]{12}:model-package\/[\S]{1,2048}/;

/** BatchDescribeModelPackage: up to 100 ARNs; what cannot be described is in the error map. No metadata (API model). */
export const batchDescribeModelPackage: Operation = ({ region, now, input }) => {
  const read = readInput(input, {
    ModelPackageArnList: must(listOf(text({ min: 1, max: 2048, pattern: PACKAGE_ARN }), { min: 1, max: 100 })),
  });
  const summaries: Record<string, unknown> = {};
  const errors: Record<string, unknown> = {};
  for (const arn of read.ModelPackageArnList) {
    const ref = parsePackageRef(arn);
    const group = ref && ref.region === region.name ? region.groups.get(ref.group) : undefined;
    const row = ref && group?.row(ref.version, now);
    if (group && row) {
      summaries[arn] = { ...packageSummary(group, row), InferenceSpecification: inferenceSpecification(group, row) };
    } else {
      errors[arn] = { ErrorCode: 'ValidationException', ErrorResponse: `ModelPackage ${arn} does not exist.` };
    }
  }
  return { ModelPackageSummaries: summaries, BatchDescribeModelPackageErrorMap: errors };
};
