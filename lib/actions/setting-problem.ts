import { roleArnSchema } from '../contract/actions';
import { groupNameSchema } from '../contract/names';

const S3_ADDRESS = /^s3:\/\/[a-z0-9][a-z0-9.-]+(\/|$)/;
const GROUP_ARN = /^arn:[^:]+:sagemaker:[^:]+:\d{12}:model-package-group\/.+/;
const AGENT_ARN = /^arn:[^:]+:(bedrock-agentcore|lambda):[^:]+:\d{12}:.+/;

/** What kind of text a setting of a new job takes. */
export type SettingKind = 'data' | 'agent' | 'agentQualifier' | 'group' | 'outputPath' | 'roleArn';

/** What is wrong with the form of a setting, undefined for nothing. Whether it exists is for the checks to find out. */
export function problemOfSetting(kind: SettingKind, text: string): string | undefined {
  switch (kind) {
    case 'data':
      return S3_ADDRESS.test(text) || text.startsWith('arn:')
        ? undefined
        : 'Neither an S3 address (s3://bucket/…) nor an ARN.';
    case 'agent':
      return AGENT_ARN.test(text) ? undefined : 'Not the ARN of an AgentCore runtime or of a Lambda function.';
    case 'group':
      return GROUP_ARN.test(text) || groupNameSchema.safeParse(text).success
        ? undefined
        : 'Neither the name nor the ARN of a model package group.';
    case 'outputPath':
      return S3_ADDRESS.test(text) ? undefined : 'Not an S3 address (s3://bucket/…).';
    case 'roleArn':
      return roleArnSchema.safeParse(text).success
        ? undefined
        : 'Not the ARN of a role, such as arn:aws:iam::123456789012:role/name.';
    case 'agentQualifier':
      return text.length > 128 ? 'At most 128 characters.' : undefined;
  }
}
