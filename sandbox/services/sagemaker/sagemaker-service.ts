import { groupArn, jobArn, packageArn, parseGroupName, parsePackageRef } from '../../world/arns';
import { JOB_CATEGORIES } from '../../world/types';
import type { JsonService } from '../service';
import { addTags } from './operations/add-tags';
import { batchDescribeModelPackage } from './operations/batch-describe-model-package';
import { createJob } from './operations/create-job';
import { createModelPackageGroup } from './operations/create-model-package-group';
import { createPresignedMlflowAppUrl } from './operations/create-presigned-mlflow-app-url';
import { createPresignedMlflowTrackingServerUrl } from './operations/create-presigned-mlflow-tracking-server-url';
import { deleteJob } from './operations/delete-job';
import { deleteModelPackage } from './operations/delete-model-package';
import { describeJob } from './operations/describe-job';
import { describeJobSchemaVersion } from './operations/describe-job-schema-version';
import { describeMlflowApp } from './operations/describe-mlflow-app';
import { describeMlflowTrackingServer } from './operations/describe-mlflow-tracking-server';
import { describeModelPackage } from './operations/describe-model-package';
import { describeModelPackageGroup } from './operations/describe-model-package-group';
import { listJobSchemaVersions } from './operations/list-job-schema-versions';
import { listJobs } from './operations/list-jobs';
import { listMlflowApps } from './operations/list-mlflow-apps';
import { listMlflowTrackingServers } from './operations/list-mlflow-tracking-servers';
import { listModelPackageGroups } from './operations/list-model-package-groups';
import { listModelPackages } from './operations/list-model-packages';
import { listTags } from './operations/list-tags';
import { stopJob } from './operations/stop-job';
import { updateModelPackage } from './operations/update-model-package';

/** SageMaker: jobs and the model registry. A new operation is one file in `operations/` and one line here. */
export const sagemakerService: JsonService = {
  kind: 'json',
  name: 'SageMaker',
  actionPrefix: 'sagemaker',
  ownsTarget: (target) => target.includes('SageMaker'),
  resourceOf,
  operations: {
    AddTags: addTags,
    BatchDescribeModelPackage: batchDescribeModelPackage,
    CreateJob: createJob,
    CreateModelPackageGroup: createModelPackageGroup,
    CreatePresignedMlflowAppUrl: createPresignedMlflowAppUrl,
    CreatePresignedMlflowTrackingServerUrl: createPresignedMlflowTrackingServerUrl,
    DeleteJob: deleteJob,
    DeleteModelPackage: deleteModelPackage,
    DescribeJob: describeJob,
    DescribeJobSchemaVersion: describeJobSchemaVersion,
    DescribeMlflowApp: describeMlflowApp,
    DescribeMlflowTrackingServer: describeMlflowTrackingServer,
    DescribeModelPackage: describeModelPackage,
    DescribeModelPackageGroup: describeModelPackageGroup,
    ListJobSchemaVersions: listJobSchemaVersions,
    ListJobs: listJobs,
    ListMlflowApps: listMlflowApps,
    ListMlflowTrackingServers: listMlflowTrackingServers,
    ListModelPackageGroups: listModelPackageGroups,
    ListModelPackages: listModelPackages,
    ListTags: listTags,
    StopJob: stopJob,
    UpdateModelPackage: updateModelPackage,
  },
};

/** The ARN a request is about, as IAM would name it; list and schema actions are about everything (AWS docs). */
function resourceOf(region: string, input: Readonly<Record<string, unknown>>): string {
  const text = (name: string) => (typeof input[name] === 'string' ? (input[name] as string) : undefined);
  const category = JOB_CATEGORIES.find((known) => known === input.JobCategory);
  const jobName = text('JobName');
  if (category && jobName !== undefined) return jobArn(region, category, jobName);
  const ref = parsePackageRef(text('ModelPackageName') ?? text('ModelPackageArn') ?? '');
  if (ref) return packageArn(region, ref.group, ref.version);
  const group = parseGroupName(text('ModelPackageGroupName') ?? '');
  return group === undefined ? (text('ResourceArn') ?? '*') : groupArn(region, group);
}
