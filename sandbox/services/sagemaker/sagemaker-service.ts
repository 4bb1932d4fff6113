import type { JsonService } from '../service';
import { batchDescribeModelPackage } from './operations/batch-describe-model-package';
import { createJob } from './operations/create-job';
import { describeJob } from './operations/describe-job';
import { listJobs } from './operations/list-jobs';
import { listModelPackageGroups } from './operations/list-model-package-groups';
import { listModelPackages } from './operations/list-model-packages';

/** SageMaker: jobs and the model registry. */
export const sagemakerService: JsonService = {
  kind: 'json',
  name: 'SageMaker',
  actionPrefix: 'sagemaker',
  ownsTarget: (target) => target.includes('SageMaker'),
  operations: {
    BatchDescribeModelPackage: batchDescribeModelPackage,
    CreateJob: createJob,
    DescribeJob: describeJob,
    ListJobs: listJobs,
    ListModelPackageGroups: listModelPackageGroups,
    ListModelPackages: listModelPackages,
  },
};
