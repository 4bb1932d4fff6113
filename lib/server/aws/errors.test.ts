import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/contract/app-error';
import { isThrottle, toAppError } from './errors';

const call = { action: 'sagemaker:ListJobs', region: 'us-west-2' };
const aws = (name: string, httpStatusCode = 400, message = 'words of AWS') =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

describe('toAppError', () => {
  it.each([
    [aws('ThrottlingException'), 'throttled'],
    [aws('SomethingNew', 429), 'throttled'],
    [aws('ExpiredTokenException'), 'credentials_expired'],
    [aws('UnrecognizedClientException'), 'credentials_missing'],
    [aws('InvalidSignatureException', 403), 'credentials_missing'],
    [Object.assign(new Error('no'), { name: 'CredentialsProviderError' }), 'credentials_missing'],
    [aws('AccessDeniedException'), 'access_denied'],
    [aws('NeverMet', 403), 'access_denied'],
    [aws('UnknownOperationException'), 'region_unsupported'],
    [aws('ResourceNotFound'), 'not_found'],
    [aws('ResourceInUse'), 'conflict'],
    [aws('ResourceLimitExceeded'), 'quota_exceeded'],
    [aws('ValidationException'), 'unprocessable'],
    [aws('NeverMet', 418), 'unprocessable'],
    [aws('InternalFailure', 500), 'aws_failed'],
    [Object.assign(new SyntaxError('<html>'), { $metadata: { httpStatusCode: 502 } }), 'aws_failed'],
    [aws('toString', 500), 'aws_failed'],
    [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'aws_unreachable'],
    [Object.assign(new Error('x'), { name: 'TimeoutError' }), 'aws_unreachable'],
    [new TypeError('a mistake of ours'), 'internal'],
    ['a text', 'internal'],
    [undefined, 'internal'],
  ])('%s is %s', (error, code) => {
    const translated = toAppError(error, call);
    expect(translated.code).toBe(code);
    expect(translated.message).toMatch(/[.:]/);
    expect(translated.cause).toBe(error);
  });

  it('names the IAM action and the region that are missing', () => {
    const denied = toAppError(aws('AccessDeniedException', 400, 'User x may not'), call);
    expect(denied.message).toContain('User x may not');
    expect(denied.hint).toContain('sagemaker:ListJobs in us-west-2');
    expect(toAppError(aws('UnknownOperationException'), call).hint).toContain('CAIRN_REGIONS');
  });

  it('repeats nothing of what AWS says about signatures and tokens', () => {
    const text = 'The Canonical String for this request should have been POST AKIASECRET';
    for (const name of ['InvalidSignatureException', 'ExpiredTokenException', 'UnrecognizedClientException']) {
      const { message, hint } = toAppError(aws(name, 403, text), call);
      expect(`${message} ${hint}`).not.toContain('AKIASECRET');
    }
  });

  it('lets an AppError pass', () => {
    const own = new AppError('conflict', 'Already.');
    expect(toAppError(own, call)).toBe(own);
  });
});

describe('isThrottle', () => {
  it('knows the names and the status', () => {
    expect(isThrottle(aws('TooManyRequestsException'))).toBe(true);
    expect(isThrottle(aws('Odd', 429))).toBe(true);
    expect(isThrottle(aws('ResourceLimitExceeded'))).toBe(false);
    expect(isThrottle(undefined)).toBe(false);
  });
});
