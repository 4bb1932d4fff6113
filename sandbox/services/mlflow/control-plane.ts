import { toEpochSeconds } from '../../protocol/aws-json';
import { text, whole } from '../../protocol/read-input';
import { ACCOUNT_ID, USER_ARN } from '../../world/arns';
import type { MlflowResource } from '../../world/mlflow-resource';

// What SageMaker's control plane says of MLflow apps and tracking servers (API model).

export const MLFLOW_VERSION = '3.4.0';
const ROLE_ARN = `arn:aws:iam::${ACCOUNT_ID}:role/ExampleMlflowRole`;
const CREATED_BY = { IamIdentity: { Arn: USER_ARN, PrincipalId: 'AROAEXAMPLEOPERATOR01:robin' } };

export const mlflowAppArnField = () =>
  text({ min: 1, max: 128, pattern: /arn:aws[a-z-]*:sagemaker:.*:mlflow-app\/.*/ });
export const trackingServerName = () => text({ min: 1, max: 256, pattern: /[a-zA-Z0-9](-*[a-zA-Z0-9]){0,255}/ });
export const mlflowVersion = () => text({ max: 16, pattern: /[0-9]*.[0-9]*.[0-9]*/ });
export const urlLifetimes = () => ({
  ExpiresInSeconds: whole({ min: 5, max: 300 }),
  SessionExpirationDurationInSeconds: whole({ min: 1_800, max: 43_200 }),
});

export function appSummary(resource: MlflowResource) {
  return {
    Arn: resource.arn,
    Name: nameOf(resource),
    Status: 'Created',
    CreationTime: toEpochSeconds(resource.createdAt),
    LastModifiedTime: toEpochSeconds(resource.createdAt),
    MlflowVersion: MLFLOW_VERSION,
  };
}

/** There is no URL among an app's fields: it is reached through a presigned one or the regional host. */
export function appDetails(resource: MlflowResource) {
  return {
    ...appSummary(resource),
    ArtifactStoreUri: 's3://example-mlflow-artifacts',
    RoleArn: ROLE_ARN,
    ModelRegistrationMode: 'AutoModelRegistrationDisabled',
    AccountDefaultStatus: 'ENABLED',
    DefaultDomainIdList: [],
    CreatedBy: CREATED_BY,
    LastModifiedBy: CREATED_BY,
    WeeklyMaintenanceWindowStart: 'Sun:04:30',
    MaintenanceStatus: 'MaintenanceComplete',
  };
}

export function serverSummary(resource: MlflowResource) {
  return {
    TrackingServerArn: resource.arn,
    TrackingServerName: resource.id,
    CreationTime: toEpochSeconds(resource.createdAt),
    LastModifiedTime: toEpochSeconds(resource.createdAt),
    TrackingServerStatus: 'Created',
    IsActive: 'Active',
    MlflowVersion: MLFLOW_VERSION,
  };
}

export function serverDetails(resource: MlflowResource, host: string) {
  return {
    ...serverSummary(resource),
    ArtifactStoreUri: 's3://example-mlflow-artifacts',
    TrackingServerSize: 'Small',
    RoleArn: ROLE_ARN,
    TrackingServerMaintenanceStatus: 'MaintenanceComplete',
    TrackingServerUrl: `http://${host}`,
    WeeklyMaintenanceWindowStart: 'Sun:04:30',
    AutomaticModelRegistration: false,
    CreatedBy: CREATED_BY,
    LastModifiedBy: CREATED_BY,
  };
}

const nameOf = (resource: MlflowResource) => `team-${resource.id.toLowerCase()}`;
