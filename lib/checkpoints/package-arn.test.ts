import { describe, expect, it } from 'vitest';
import { formatPackageArn, parseGroupName, parsePackageArn } from './package-arn';

const ARN = 'arn:aws-us-gov:sagemaker:us-gov-west-1:123456789012:model-package/support-mpg/7';

describe('package ARNs', () => {
  it('open and close again', () => {
    const address = parsePackageArn(ARN);
    expect(address).toEqual({
      partition: 'aws-us-gov',
      region: 'us-gov-west-1',
      account: '123456789012',
      group: 'support-mpg',
      version: 7,
    });
    expect(address && formatPackageArn(address)).toBe(ARN);
  });

  it.each(['', 'support-mpg/7', `${ARN}x`, ARN.replace('/7', ''), ARN.replace('model-package', 'model-package-group')])(
    'are not %j',
    (text) => {
      expect(parsePackageArn(text)).toBeUndefined();
    },
  );

  it('give a group by its ARN or its bare name', () => {
    expect(parseGroupName('arn:aws:sagemaker:us-west-2:123456789012:model-package-group/support-mpg')).toBe(
      'support-mpg',
    );
    expect(parseGroupName('support-mpg')).toBe('support-mpg');
    expect(parseGroupName('not a group')).toBeUndefined();
  });
});
