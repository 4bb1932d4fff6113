import { describe, expect, it } from 'vitest';
import { parseAwsJson, toEpochSeconds } from './aws-json';
import { readSigner } from './credential-scope';
import { formatPageToken, parsePageToken } from './page-token';
import { listOf, mapOf, must, oneOf, readInput, structure, text, time, whole } from './read-input';

const signed = (credential: string) => ({
  method: 'POST',
  path: '/',
  query: new URLSearchParams(),
  headers: { authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0` },
  body: '',
});

describe('readInput', () => {
  const shape = {
    JobName: must(text({ min: 1, max: 5, pattern: /[a-z]+/ })),
    SortBy: oneOf(['Name', 'Status']),
    MaxResults: whole({ min: 1, max: 100 }),
    CreationTimeAfter: time(),
    Tags: listOf(structure({ Key: must(text({ min: 1, max: 3 })) }), { max: 2 }),
    Metadata: mapOf({ max: 2 }),
  };

  it('reads what fits, ignores what it does not know, and turns epoch seconds into milliseconds', () => {
    const input = { JobName: 'abc', CreationTimeAfter: 1780272000.123, Tags: [{ Key: 'a' }], Surprise: 1 };
    expect(readInput(input, shape)).toEqual({
      JobName: 'abc',
      CreationTimeAfter: 1780272000123,
      Tags: [{ Key: 'a' }],
    });
  });

  it.each([
    [{}, "1 validation error detected: Value null at 'jobName' failed to satisfy constraint: Member must not be null"],
    [
      { JobName: 'a_b' },
      "1 validation error detected: Value 'a_b' at 'jobName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+",
    ],
    [
      { JobName: 'abc', SortBy: 'Size' },
      "1 validation error detected: Value 'Size' at 'sortBy' failed to satisfy constraint: Member must satisfy enum value set: [Name, Status]",
    ],
    [
      { JobName: 'abc', MaxResults: 101 },
      "1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
    ],
    [
      { JobName: 'abc', Tags: [{ Key: 'a' }, { Key: 'long' }] },
      "1 validation error detected: Value 'long' at 'tags.2.member.key' failed to satisfy constraint: Member must have length less than or equal to 3",
    ],
  ])('says what AWS says about %j', (input, message) => {
    expect(() => readInput(input, shape)).toThrow(expect.objectContaining({ code: 'ValidationException', message }));
  });

  it('names all problems of a request at once', () => {
    expect(() => readInput({ SortBy: 'x', MaxResults: 0 }, shape)).toThrow(/^3 validation errors detected: /);
  });

  it.each([{ JobName: 7 }, { JobName: 'abc', MaxResults: '5' }, { JobName: 'abc', CreationTimeAfter: '2026-11-01' }])(
    'refuses the wrong JSON type in %j as SerializationException',
    (input) => {
      expect(() => readInput(input, shape)).toThrow(expect.objectContaining({ code: 'SerializationException' }));
    },
  );
});

describe('page tokens', () => {
  it('fit the request they came from, whatever its page size', () => {
    const token = formatPageToken({ JobCategory: 'AgentRFT', MaxResults: 5 }, 'job-7');
    expect(parsePageToken({ MaxResults: 50, NextToken: token, JobCategory: 'AgentRFT' }, token)).toBe('job-7');
  });

  it.each(['', 'x', 'bm9wZQ==', Buffer.from('null').toString('base64')])(
    '%j is refused unless it is empty',
    (token) => {
      if (token === '') expect(parsePageToken({}, token)).toBeUndefined();
      else expect(() => parsePageToken({}, token)).toThrow(expect.objectContaining({ code: 'ValidationException' }));
    },
  );

  it('do not fit another request', () => {
    const token = formatPageToken({ JobCategory: 'AgentRFT' }, 'job-7');
    expect(() => parsePageToken({ JobCategory: 'AgentRFTEvaluation' }, token)).toThrow(/NextToken/);
  });
});

describe('credential scope', () => {
  it('is read from the Authorization header or a presigned query', () => {
    const scope = 'AKID/20261122/us-west-2/sagemaker/aws4_request';
    expect(readSigner(signed(scope))).toEqual({ accessKeyId: 'AKID', region: 'us-west-2', service: 'sagemaker' });
    const query = new URLSearchParams({ 'X-Amz-Credential': scope });
    expect(readSigner({ ...signed(''), headers: {}, query })?.region).toBe('us-west-2');
  });

  it('is absent from an unsigned request', () => {
    expect(readSigner({ ...signed(''), headers: {} })).toBeUndefined();
  });

  it.each([
    ['AKIDEXPIRED1', 'ExpiredTokenException'],
    ['AKIDUNKNOWN1', 'UnrecognizedClientException'],
  ])('%s gets %s', (key, code) => {
    expect(() => readSigner(signed(`${key}/20261122/us-west-2/sagemaker/aws4_request`))).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('awsJson', () => {
  it('takes an empty body as an empty input', () => expect(parseAwsJson('')).toEqual({}));

  it.each(['{', '[]', '"text"', 'null'])('refuses the body %s', (body) => {
    expect(() => parseAwsJson(body)).toThrow(expect.objectContaining({ code: 'SerializationException' }));
  });

  it('writes times as epoch seconds with milliseconds', () =>
    expect(toEpochSeconds(1780272000123)).toBe(1780272000.123));
});
