/** A versioned model package by the parts of its ARN. */
export interface PackageAddress {
  partition: string;
  region: string;
  account: string;
  group: string;
  version: number;
}

const ARN =
  /^arn:([a-z0-9-]+):sagemaker:([a-z0-9-]+):(\d{12}):model-package\/([A-Za-z0-9](?:-*[A-Za-z0-9]){0,62})\/(\d{1,10})$/;

/** Opens `arn:<partition>:sagemaker:<region>:<account>:model-package/<group>/<version>`; anything else is undefined. */
export function parsePackageArn(arn: string): PackageAddress | undefined {
  const [, partition, region, account, group, version] = ARN.exec(arn) ?? [];
  if (!partition || !region || !account || !group || !version) return undefined;
  return { partition, region, account, group, version: Number(version) };
}

/** The ARN of a versioned package. */
export function formatPackageArn(address: PackageAddress): string {
  const { partition, region, account, group, version } = address;
  return `arn:${partition}:sagemaker:${region}:${account}:model-package/${group}/${version}`;
}

const GROUP_ARN =
  /^arn:([a-z0-9-]+):sagemaker:([a-z0-9-]+):(\d{12}):model-package-group\/([A-Za-z0-9](?:-*[A-Za-z0-9]){0,62})$/;

/** The group name of a model-package-group ARN, or of a bare name; anything else is undefined. */
export function parseGroupName(arnOrName: string): string | undefined {
  const [, , , , group] = GROUP_ARN.exec(arnOrName) ?? [];
  if (group) return group;
  return /^[A-Za-z0-9](-*[A-Za-z0-9]){0,62}$/.test(arnOrName) ? arnOrName : undefined;
}
