import 'server-only';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { AppError } from '@/lib/contract/app-error';
import type { AwsRegion } from './clients';

export interface Identity {
  account: string;
  /** `aws`, `aws-cn`, `aws-us-gov`: from the caller's ARN. */
  partition: string;
  arn: string;
}

/** Whose credentials the server has (STS GetCallerIdentity, which needs no permission). */
export async function getIdentity(aws: AwsRegion): Promise<Identity> {
  const answer = await aws.call('sts:GetCallerIdentity', () => aws.sts.send(new GetCallerIdentityCommand({})));
  const partition = answer.Arn?.split(':')[1];
  if (!answer.Account || !answer.Arn || !partition) {
    throw new AppError('aws_failed', `AWS did not say whose credentials these are (${aws.region}).`);
  }
  return { account: answer.Account, partition, arn: answer.Arn };
}
