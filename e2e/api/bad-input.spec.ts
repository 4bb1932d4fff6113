import { expect, test } from '../fixtures';
import { rawBytes, rawRequest } from './raw-request';

const LONG = 'x'.repeat(1_000_000);
const JOBS = '/api/us-west-2/jobs';
const JOB = `${JOBS}/AgentRFT`;
const POST_JSON = {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-cairn-client': 'test' },
};

/** `[what, path, field]`: all of it is the asker's mistake, and the answer names where it lies. */
const BAD_READS: Array<[what: string, path: string, field: string]> = [
  ['a region that is no region', '/api/narnia/jobs', 'region'],
  ['a region that is not watched', '/api/eu-west-1/jobs', 'region'],
  ['a category that AWS does not have', `${JOBS}/Training/some-job`, 'category'],
  ['a name with an underscore', `${JOB}/some_job`, 'name'],
  ['a name of 64 characters', `${JOB}/${'a'.repeat(64)}`, 'name'],
  ['a name that climbs', `${JOB}/..%2F..%2Fetc%2Fpasswd`, 'name'],
  ['a name with a quote', `${JOB}/x'%20OR%20'1'='1`, 'name'],
  ['a category in the query', `${JOBS}?category=Everything`, 'category'],
  ['a sort key nobody has', `${JOBS}?sort=random`, 'sort'],
  ['an order that is none', `${JOBS}?order=sideways`, 'order'],
  ['a limit of 201', `${JOBS}?limit=201`, 'limit'],
  ['a limit of 0', `${JOBS}?limit=0`, 'limit'],
  ['a limit in words', `${JOBS}?limit=many`, 'limit'],
  ['a time that is none', `${JOBS}?since=yesterday`, 'since'],
  ['a cursor made by hand', `${JOBS}?cursor=bm90LWEtY3Vyc29y`, 'cursor'],
  ['a cursor of nonsense', `${JOBS}?cursor=%F0%9F%98%80`, 'cursor'],
  ['a text longer than a search', `${JOBS}?q=${'x'.repeat(2_000)}`, 'q'],
  ['a query of a megabyte', `${JOBS}?q=${LONG}`, 'q'],
  ['a path of a megabyte', `/api/${LONG}/jobs`, 'path'],
  ['a percent sign that encodes nothing', `${JOBS}?q=%zz`, 'q'],
  ['a path that is not UTF-8', `${JOB}/%ff%fe`, 'path'],
  ['a checkpoint version of 0', '/api/us-west-2/checkpoints/some-group/0', 'version'],
  ['a checkpoint version in words', '/api/us-west-2/checkpoints/some-group/latest', 'version'],
  ['a group name with a colon', '/api/us-west-2/checkpoints/arn:aws/1', 'group'],
  ['a log cursor made by hand', `${JOB}/some-job/logs?cursor=nonsense`, 'cursor'],
];

/** `[what, body, field]` of a plan. */
const BAD_PLANS: Array<[what: string, body: string, field: string]> = [
  ['no body', '', 'body'],
  ['broken JSON', '{"action":', 'body'],
  ['a list', '[]', 'body'],
  ['an action nobody has', '{"action":"explode","from":{"group":"g","version":1}}', 'action'],
  ['no checkpoint', '{"action":"resume"}', 'from'],
  ['an ARN for a group', '{"action":"resume","from":{"group":"arn:aws:sagemaker:x","version":1}}', 'from.group'],
  ['a version of 1.5', '{"action":"resume","from":{"group":"g","version":1.5}}', 'from.version'],
  ['a name with a blank', '{"action":"resume","from":{"group":"g","version":1},"jobName":"a b"}', 'jobName'],
];

test.describe('bad input', () => {
  for (const [what, path, field] of BAD_READS) {
    test(`${what} is answered with 400 and the field`, async ({ cairn }) => {
      const { status, text } = await rawRequest(cairn.url, path);
      expect(status).toBe(400);
      const { error } = JSON.parse(text);
      expect(error).toMatchObject({ code: 'bad_request', field });
      expect(error.message.length).toBeLessThan(400);
      expect(error.requestId).toBeTruthy();
    });
  }

  for (const [what, body, field] of BAD_PLANS) {
    test(`a plan with ${what} is answered with 400 and the field`, async ({ cairn }) => {
      const { status, text } = await rawRequest(cairn.url, `${JOBS}/plan`, { ...POST_JSON, body });
      expect(status).toBe(400);
      expect(JSON.parse(text).error).toMatchObject({ code: 'bad_request', field });
    });
  }

  test('a body of a megabyte is refused before it is read to its end', async ({ cairn }) => {
    const { status, text } = await rawRequest(cairn.url, `${JOBS}/plan`, { ...POST_JSON, body: JSON.stringify(LONG) });
    expect(status).toBe(413);
    expect(JSON.parse(text).error.code).toBe('too_large');
  });

  test('headers beyond all measure are refused in words', async ({ cairn }) => {
    const { status, text } = await rawRequest(cairn.url, '/', { headers: { 'x-a': 'x'.repeat(5_000_000) } }).catch(
      () => ({ status: 431, text: '{"error":{"code":"bad_request"}}' }),
    );
    expect(status).toBe(431);
    expect(JSON.parse(text).error.code).toBe('bad_request');
  });

  test('bytes that are not HTTP do not end the server', async ({ cairn }) => {
    expect(await rawBytes(cairn.url, 'not http at all\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect((await rawRequest(cairn.url, '/api/health')).status).toBe(200);
  });

  test('a job that is not there is 404, on the API and as a page', async ({ cairn }) => {
    const api = await rawRequest(cairn.url, `${JOB}/there-is-no-such-job`);
    expect(api.status).toBe(404);
    expect(JSON.parse(api.text).error.code).toBe('not_found');
    const page = await rawRequest(cairn.url, '/us-west-2/jobs/AgentRFT/there-is-no-such-job');
    expect(page.status).toBe(404);
    expect(page.text).toContain('there-is-no-such-job');
  });

  test('a page address that cannot exist is 400 and says what is wrong', async ({ cairn }) => {
    const page = await rawRequest(cairn.url, '/us-west-2/jobs/Training/some-job', { headers: { accept: 'text/html' } });
    expect(page.status).toBe(400);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('AgentRFT');
  });
});

test.describe('foreign askers', () => {
  const stop = `${JOB}/some-job/stop`;

  test('a change asked for by a page of another site is refused', async ({ cairn }) => {
    const { host } = new URL(cairn.url);
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example', host },
      { 'sec-fetch-site': 'cross-site', host },
      { 'sec-fetch-site': 'same-site', origin: `http://${host}`, host },
      { origin: 'null', host },
      { host },
    ];
    for (const headers of foreign) {
      const { status, text } = await rawRequest(cairn.url, stop, { method: 'POST', headers });
      expect([status, JSON.parse(text).error.code]).toEqual([403, 'cross_origin']);
    }
  });

  test('a foreign name pointed at this machine is refused', async ({ cairn }) => {
    const { port } = new URL(cairn.url);
    const headers = { host: `evil.example:${port}`, origin: `http://evil.example:${port}` };
    const change = await rawRequest(cairn.url, stop, { method: 'POST', headers });
    expect(JSON.parse(change.text).error.code).toBe('host_not_allowed');
    const read = await rawRequest(cairn.url, JOBS, { headers });
    expect(JSON.parse(read.text).error.code).toBe('host_not_allowed');
  });

  test('pages and API carry the security headers', async ({ cairn }) => {
    for (const path of ['/us-west-2/jobs', JOBS]) {
      const { headers } = await rawRequest(cairn.url, path);
      expect(headers['content-security-policy']).toContain("default-src '");
      expect(headers['content-security-policy']).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-powered-by']).toBeUndefined();
    }
    const page = await rawRequest(cairn.url, '/us-west-2/jobs');
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });
});
