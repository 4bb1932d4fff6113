import 'server-only';
import {
  CreatePresignedMlflowAppUrlCommand,
  CreatePresignedMlflowTrackingServerUrlCommand,
} from '@aws-sdk/client-sagemaker';
import { AppError } from '@/lib/contract/app-error';
import type { MlflowArn } from '@/lib/metrics/mlflow-arn';
import type { AwsRegion } from './clients';

/** Long enough to follow it at once (API model: 5 to 300). */
const URL_SECONDS = 60;

/**
 * An address that can be opened once and answers with a session of `sessionSeconds` (API model: 1800 to 43,200). It is a
 * secret: it goes to nobody but the session that is made of it.
 */
export async function createMlflowUrl(aws: AwsRegion, resource: MlflowArn, sessionSeconds: number): Promise<string> {
  const lifetimes = { ExpiresInSeconds: URL_SECONDS, SessionExpirationDurationInSeconds: sessionSeconds };
  const { AuthorizedUrl } =
    resource.kind === 'app'
      ? await aws.call('sagemaker:CreatePresignedMlflowAppUrl', () =>
          aws.sagemaker.send(new CreatePresignedMlflowAppUrlCommand({ Arn: resource.arn, ...lifetimes })),
        )
      : await aws.call('sagemaker:CreatePresignedMlflowTrackingServerUrl', () =>
          aws.sagemaker.send(
            new CreatePresignedMlflowTrackingServerUrlCommand({ TrackingServerName: resource.name, ...lifetimes }),
          ),
        );
  if (!AuthorizedUrl || !URL.canParse(AuthorizedUrl)) {
    throw new AppError('aws_failed', 'AWS answered the request for an MLflow address without one.');
  }
  return AuthorizedUrl;
}
