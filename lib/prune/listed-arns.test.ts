import { expect, it } from 'vitest';
import { listedArns, withoutDropped } from './listed-arns';

const ARN = 'arn:aws:sagemaker:us-west-2:123456789012:model-package/team-mpg/';
const CSV = `package_arn,kind,why\r\n${ARN}1,model,"a, b"\r\n${ARN}12,model,\r\n${ARN}2,model,\r\n`;

it('what was left out by hand is left out of the file', () => {
  const left = withoutDropped(CSV, new Set(['team-mpg/1', 'team-mpg/2', 'other/12']));
  expect(left).toBe(`package_arn,kind,why\r\n${ARN}12,model,\r\n`);
  expect(withoutDropped(CSV, new Set())).toBe(CSV);
});

it('gives the ARNs as the commands by hand read them', () => {
  expect(listedArns(CSV)).toBe(`${ARN}1\n${ARN}12\n${ARN}2\n`);
});
