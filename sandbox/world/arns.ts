import type { JobCategory } from './types';

export const ACCOUNT_ID = '123456789012';
export const USER_ARN = `arn:aws:sts::${ACCOUNT_ID}:assumed-role/ExampleOperatorRole/robin`;
export const USER_ID = 'AROAEXAMPLEOPERATOR01:robin';

const prefix = (service: string, region: string) => `arn:aws:${service}:${region}:${ACCOUNT_ID}:`;

export const jobArn = (region: string, category: JobCategory, name: string) =>
  `${prefix('sagemaker', region)}job/${category}/${name}`;
export const groupArn = (region: string, group: string) => `${prefix('sagemaker', region)}model-package-group/${group}`;
export const packageArn = (region: string, group: string, version: number) =>
  `${prefix('sagemaker', region)}model-package/${group}/${version}`;
export const mlflowAppArn = (region: string, id: string) => `${prefix('sagemaker', region)}mlflow-app/${id}`;
export const mlflowServerArn = (region: string, name: string) =>
  `${prefix('sagemaker', region)}mlflow-tracking-server/${name}`;
export const baseModelArn = (region: string, hubContentName: string) =>
  `arn:aws:sagemaker:${region}:aws:hub-content/SageMakerPublicHub/Model/${hubContentName}/1.0.0`;

export interface PackageRef {
  region?: string;
  group: string;
  version: number;
}

const PACKAGE =
  /^(?:arn:aws[a-z-]*:sagemaker:([a-z0-9-]+):(\d{12}):model-package\/)?([a-zA-Z0-9][a-zA-Z0-9-]{0,62})\/(\d{1,9})$/;

/** Reads `<group>/<version>` or a package ARN of this account. Undefined when it is neither. */
export function parsePackageRef(text: string): PackageRef | undefined {
  const found = PACKAGE.exec(text);
  if (!found) return undefined;
  const [, region, account, group = '', version] = found;
  if (account !== undefined && account !== ACCOUNT_ID) return undefined;
  return { ...(region !== undefined && { region }), group, version: Number(version) };
}

const GROUP =
  /^(?:arn:aws[a-z-]*:sagemaker:([a-z0-9-]+):(\d{12}):model-package-group\/)?([a-zA-Z0-9][a-zA-Z0-9-]{0,62})$/;

/** The group name in a group name or group ARN, or undefined. */
export function parseGroupName(nameOrArn: string): string | undefined {
  return GROUP.exec(nameOrArn)?.[3];
}

const BASE_MODEL =
  /^arn:aws[a-z-]*:sagemaker:([a-z0-9-]+):aws:hub-content\/SageMakerPublicHub\/Model\/([^/]+)(?:\/([^/]+))?$/;

/** Region and hub content name of a base model ARN, or undefined. */
export function parseBaseModelArn(arn: string): { region: string; name: string; version?: string } | undefined {
  const found = BASE_MODEL.exec(arn);
  if (!found) return undefined;
  const [, region = '', name = '', version] = found;
  return { region, name, ...(version !== undefined && { version }) };
}

const JOB = /^arn:aws[a-z-]*:sagemaker:([a-z0-9-]+):\d{12}:job\/(AgentRFT|AgentRFTEvaluation)\/([a-zA-Z0-9-]{1,63})$/;

export function parseJobArn(arn: string): { region: string; category: JobCategory; name: string } | undefined {
  const found = JOB.exec(arn);
  if (!found) return undefined;
  return { region: found[1] ?? '', category: found[2] as JobCategory, name: found[3] ?? '' };
}
