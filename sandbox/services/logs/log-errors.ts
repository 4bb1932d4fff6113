import { AwsError } from '../../protocol/aws-error';

export const invalidParameter = (message: string) => new AwsError('InvalidParameterException', message);
export const noSuchGroup = () => new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
export const noSuchStream = () => new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
