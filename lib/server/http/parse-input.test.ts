import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createRequestSchema } from '../../contract/actions';
import { AppError } from '../../contract/app-error';
import { listJobsQuerySchema } from '../../contract/jobs';
import { jobParams } from './api-params';
import { MAX_BODY_BYTES, parseInput, readJsonBody, readQuery } from './parse-input';

/** The words and the field of the refusal. */
async function refusal(attempt: () => unknown): Promise<{ code: string; message: string; field: string | undefined }> {
  try {
    await attempt();
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, message: error.message, field: error.field };
    throw error;
  }
  throw new Error('it was accepted');
}

const body = (content: BodyInit, type = 'application/json') =>
  new Request('http://localhost/', { method: 'POST', body: content, headers: { 'content-type': type } });

describe('what is refused, and the field it is said of', () => {
  it.each([
    [{ limit: '5000' }, 'limit', 'Query parameter "limit" must be at most 200.'],
    [{ limit: '0' }, 'limit', 'Query parameter "limit" must be at least 1.'],
    [{ limit: '1.5' }, 'limit', 'Query parameter "limit" must be a whole number.'],
    [{ limit: 'many' }, 'limit', 'Query parameter "limit" must be of type number.'],
    [{ limit: '9'.repeat(400) }, 'limit', 'Query parameter "limit" must be of type number.'],
    [{ category: 'Training' }, 'category', 'Query parameter "category" must be one of AgentRFT, AgentRFTEvaluation.'],
    [
      { since: 'yesterday' },
      'since',
      'Query parameter "since" must be a time in ISO 8601, such as 2026-11-22T08:00:00Z.',
    ],
    [{ order: 'up' }, 'order', 'Query parameter "order" must be one of asc, desc.'],
    [{ q: 'a'.repeat(257) }, 'q', 'Query parameter "q" must be at most 256 characters.'],
    [{ q: 'a\0b' }, 'q', 'Query parameter "q" must not contain a NUL character.'],
    [{ q: 'a\ud800b' }, 'q', 'Query parameter "q" must be well-formed Unicode.'],
  ])('query %o', async (query, field, message) => {
    expect(await refusal(() => parseInput('query', listJobsQuerySchema, query))).toEqual({
      code: 'bad_request',
      field,
      message,
    });
  });

  it('names every part of a path that is wrong, three at most, and repeats no value', async () => {
    const answer = await refusal(() =>
      parseInput('path', jobParams, { region: 'secret-Place', category: 'x', name: '-secret-' }),
    );
    expect(answer.field).toBe('region');
    for (const field of ['region', 'category', 'name']) expect(answer.message).toContain(`Path part "${field}"`);
    expect(answer.message).not.toContain('secret');
  });

  it('names a field inside a body, one that is missing and one that nobody knows', async () => {
    const from = { group: 'g', version: 1 };
    const ask = (value: unknown) => refusal(() => parseInput('body', createRequestSchema, value));
    expect(await ask({ action: 'resume', from: { group: '-', version: 1 }, planToken: 't' })).toMatchObject({
      field: 'from.group',
    });
    expect(await ask({ action: 'resume', from })).toMatchObject({
      field: 'planToken',
      message: 'Body field "planToken" is missing.',
    });
    expect(await ask({ action: 'resume', from, planToken: 't', force: true })).toMatchObject({
      field: 'force',
      message: 'Body field "force" is not known here.',
    });
    expect(await ask([])).toMatchObject({ field: 'body', message: 'The body must be of type object.' });
    expect(await ask({ action: 'resume', from, planToken: 't', tags: [{ key: 'k', value: 'a\0' }] })).toMatchObject({
      field: 'tags.0.value',
    });
  });
});

describe('a query string', () => {
  it('takes the first of a repeated key and an empty value for none', () => {
    expect(readQuery('?q=a&q=b&status=&limit=5')).toEqual({ q: 'a', limit: '5' });
    expect(readQuery('')).toEqual({});
  });

  it('does not trip over names that objects have anyway', () => {
    const query = readQuery('?__proto__=1&constructor=2&toString=3');
    expect(parseInput('query', listJobsQuerySchema, query)).toMatchObject({ sort: 'creationTime', limit: 100 });
    expect({}).not.toHaveProperty('1');
  });

  it('of a megabyte is refused by the name of its longest part', async () => {
    const answer = await refusal(() => readQuery(`?limit=5&q=${'a'.repeat(1_048_576)}`));
    expect(answer).toMatchObject({ code: 'bad_request', field: 'q' });
    expect(answer.message.length).toBeLessThan(200);
  });
});

describe('a body', () => {
  it('is read when it is JSON, whatever stands behind the type', async () => {
    expect(await readJsonBody(body('{"a":1}', 'application/json; charset=utf-8'))).toEqual({ a: 1 });
  });

  it('of another type is refused: a form of another site can send no JSON', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp']) {
      expect(await refusal(() => readJsonBody(body('{}', type)))).toMatchObject({ field: 'content-type' });
    }
  });

  it('that is empty, broken or no text is refused', async () => {
    for (const content of ['', '{', '{"a":', 'nope', '[1,', new Uint8Array([0x22, 0xff, 0x22])]) {
      expect(await refusal(() => readJsonBody(body(content)))).toMatchObject({ code: 'bad_request', field: 'body' });
    }
  });

  it('that is too large is refused by what arrives and not by what its header claims', async () => {
    const big = `"${'a'.repeat(MAX_BODY_BYTES)}"`;
    expect(await refusal(() => readJsonBody(body(big)))).toMatchObject({ code: 'too_large', field: 'body' });
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    });
    const request = new Request('http://localhost/', {
      method: 'POST',
      body: endless,
      headers: { 'content-type': 'application/json' },
      duplex: 'half',
    } as RequestInit);
    expect(await refusal(() => readJsonBody(request))).toMatchObject({ code: 'too_large' });
    expect(pulled).toBeLessThan(10);
  });

  it('of a hundred thousand brackets is an answer and no stack overflow', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const parsed = await readJsonBody(body(deep));
    expect(await refusal(() => parseInput('body', z.unknown(), parsed))).toMatchObject({ code: 'bad_request' });
    expect(await refusal(() => parseInput('body', createRequestSchema, { from: parsed }))).toMatchObject({
      code: 'bad_request',
    });
  });
});
