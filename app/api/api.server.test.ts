import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { errorBodySchema } from '@/lib/contract/errors';
import { getJobResponseSchema, listJobsResponseSchema } from '@/lib/contract/jobs';
import { listLogsResponseSchema } from '@/lib/contract/logs';
import { createDeployment, type Deployment } from '@/lib/server/deployment';
import { readSettings } from '@/lib/server/env';
import { type RunningSandbox, startSandbox } from '@/sandbox/start-sandbox';

const region = 'us-west-2';
const SECRET = 'not-a-key-but-must-never-be-seen-4f9a';
const BOUND_HOST = Symbol.for('cairn.boundHost');

let sandbox: RunningSandbox;
let d: Deployment;
let dataDir: string;

beforeAll(async () => {
  process.env.AWS_ACCESS_KEY_ID = 'AKIDTEST';
  process.env.AWS_SECRET_ACCESS_KEY = SECRET;
  process.env.AWS_SESSION_TOKEN = `${SECRET}-token`;
  dataDir = mkdtempSync(path.join(tmpdir(), 'cairn-api-'));
  sandbox = await startSandbox({ scenario: 'failed-at-night', speed: 0, seed: 3, now: '2026-11-22T08:00:00Z' });
  d = await createDeployment(
    readSettings({
      VITEST: '1',
      AWS_REGION: region,
      AWS_ENDPOINT_URL: sandbox.url,
      CAIRN_DATA_DIR: dataDir,
      CAIRN_SYNC_CALLS_PER_SECOND: '1000',
    }),
  );
  await d.sync.runUntilIdle();
  // What instrumentation.ts does in a server, with the clock in our hands.
  const state = (globalThis as Record<symbol, unknown>)[Symbol.for('cairn.deployment')];
  Object.assign(state as object, { opening: Promise.resolve(d) });
});

afterAll(async () => {
  await d?.close();
  await sandbox?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

beforeEach(() => void Object.assign(globalThis, { [BOUND_HOST]: '127.0.0.1' }));
afterEach(() => void Object.assign(globalThis, { [BOUND_HOST]: undefined }));

/** Every route of the API: its address by the parts of the path, and its handlers, loaded once the deployment is there. */
const ROUTES = {
  health: { at: () => '/api/health', load: () => import('./health/route') },
  events: { at: () => '/api/events', load: () => import('./events/route') },
  jobs: { at: (p: Params) => `/api/${p.region}/jobs`, load: () => import('./[region]/jobs/route') },
  plan: { at: (p: Params) => `/api/${p.region}/jobs/plan`, load: () => import('./[region]/jobs/plan/route') },
  job: {
    at: (p: Params) => `/api/${p.region}/jobs/${p.category}/${p.name}`,
    load: () => import('./[region]/jobs/[category]/[name]/route'),
  },
  stop: {
    at: (p: Params) => `/api/${p.region}/jobs/${p.category}/${p.name}/stop`,
    load: () => import('./[region]/jobs/[category]/[name]/stop/route'),
  },
  checkpoints: {
    at: (p: Params) => `/api/${p.region}/jobs/${p.category}/${p.name}/checkpoints`,
    load: () => import('./[region]/jobs/[category]/[name]/checkpoints/route'),
  },
  logs: {
    at: (p: Params) => `/api/${p.region}/jobs/${p.category}/${p.name}/logs`,
    load: () => import('./[region]/jobs/[category]/[name]/logs/route'),
  },
  checkpoint: {
    at: (p: Params) => `/api/${p.region}/checkpoints/${p.group}/${p.version}`,
    load: () => import('./[region]/checkpoints/[group]/[version]/route'),
  },
  approval: {
    at: (p: Params) => `/api/${p.region}/checkpoints/${p.group}/${p.version}/approval`,
    load: () => import('./[region]/checkpoints/[group]/[version]/approval/route'),
  },
  pin: {
    at: (p: Params) => `/api/${p.region}/checkpoints/${p.group}/${p.version}/pin`,
    load: () => import('./[region]/checkpoints/[group]/[version]/pin/route'),
  },
  notes: {
    at: (p: Params) => `/api/${p.region}/checkpoints/${p.group}/${p.version}/notes`,
    load: () => import('./[region]/checkpoints/[group]/[version]/notes/route'),
  },
  actions: { at: (p: Params) => `/api/${p.region}/actions`, load: () => import('./[region]/actions/route') },
  rest: { at: () => '/api/nothing', load: () => import('./[...rest]/route') },
} as const;

type Params = Record<string, string>;
type RouteName = keyof typeof ROUTES;
type Handler = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

interface Ask {
  method?: string;
  params?: Params;
  search?: string;
  headers?: Record<string, string>;
  body?: string;
}

const SELF = { host: 'localhost:3000', origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' };

/** The answer of the real handler. The sandbox and the catalog are real; only the socket is left out. */
async function ask(route: RouteName, { method = 'GET', params = {}, search = '', headers = SELF, body }: Ask = {}) {
  const module = (await ROUTES[route].load()) as unknown as Record<string, Handler>;
  const handler = module[method];
  if (!handler) throw new Error(`${route} has no ${method}`);
  const url = `http://localhost:3000${ROUTES[route].at({ ...KNOWN, ...params })}`;
  const request = new Request(encodeURI(url.replace(/\p{Surrogate}/gu, '\ufffd')) + search, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const response = await handler(request, { params: Promise.resolve({ ...KNOWN, ...params }) });
  const text = response.headers.get('content-type')?.startsWith('text/event-stream') ? '' : await response.text();
  expect(text).not.toContain(SECRET);
  expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
  expect(response.headers.get('cache-control')).toContain('no-store');
  return { status: response.status, text, response, json: () => JSON.parse(text) };
}

const KNOWN: Params = { region, category: 'AgentRFT', name: 'some-job', group: 'some-group', version: '1' };

async function failedJob(): Promise<string> {
  const { jobs } = await sandbox.control.truth(region);
  const job = jobs.find(({ status, category }) => status === 'Failed' && category === 'AgentRFT');
  if (!job) throw new Error('the scenario has no failed job');
  return job.name;
}

describe('reading', () => {
  it('answers in the shapes of the contract', async () => {
    const name = await failedJob();
    const jobs = await ask('jobs', { search: '?status=failed' });
    expect(listJobsResponseSchema.parse(jobs.json()).jobs.map(({ jobName }) => jobName)).toContain(name);
    const job = await ask('job', { params: { name } });
    expect(getJobResponseSchema.parse(job.json()).job.failureReason).toBeTruthy();
    const logs = await ask('logs', { params: { name } });
    const page = listLogsResponseSchema.parse(logs.json());
    expect(page.state).toBe('ok');
    expect(page.events.at(-1)?.message).toContain('job failed');
    expect((await ask('health')).status).toBe(200);
  });

  it('takes the first of a repeated parameter and leaves out those it does not know', async () => {
    const { status, json } = await ask('jobs', { search: '?limit=1&limit=5000&utm_source=mail&q=' });
    expect(status).toBe(200);
    expect(json().jobs).toHaveLength(1);
  });

  it('says what it does not have, with any method, in the shape of every error', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const { status, json } = await ask('rest', { method });
      expect([status, errorBodySchema.parse(json()).error.code]).toEqual([404, 'not_found']);
    }
    for (const name of ['job', 'logs', 'checkpoints', 'checkpoint'] as const) {
      const { status, json } = await ask(name);
      expect([name, status, errorBodySchema.parse(json()).error.code]).toEqual([name, 404, 'not_found']);
    }
    const { status, response, json } = await ask('logs', { method: 'PUT' });
    expect([status, json().error.code]).toEqual([405, 'method_not_allowed']);
    expect(response.headers.get('allow')).toBe('HEAD, OPTIONS, GET');
  });
});

describe('bad input', () => {
  it.each<[RouteName, Ask, string]>([
    ['jobs', { params: { region: 'mars' } }, 'region'],
    ['jobs', { params: { region: 'eu-west-1' } }, 'region'],
    ['jobs', { search: '?limit=201' }, 'limit'],
    ['jobs', { search: '?cursor=made-up' }, 'cursor'],
    ['jobs', { search: '?since=2026-13-45' }, 'since'],
    ['jobs', { search: `?q=${'a'.repeat(1_048_576)}` }, 'q'],
    ['jobs', { search: '?q=%00' }, 'q'],
    ['job', { params: { name: '../../etc' } }, 'name'],
    ['job', { params: { name: 'a'.repeat(1_000_000) } }, 'name'],
    ['job', { params: { name: `arn:aws:sagemaker:${region}:123456789012:job/AgentRFT/x` } }, 'name'],
    ['job', { params: { category: 'agentrft' } }, 'category'],
    ['checkpoints', { search: '?kind=both' }, 'kind'],
    ['checkpoints', { search: '?limit=501' }, 'limit'],
    ['logs', { search: '?source=made-up' }, 'source'],
    ['logs', { search: '?cursor=made.up' }, 'cursor'],
    ['logs', { search: `?q=${'"'.repeat(513)}` }, 'q'],
    ['actions', { search: '?name=some-job' }, 'name'],
    ['actions', { search: '?group=some-group' }, 'version'],
    ['actions', { search: '?cursor=made-up' }, 'cursor'],
    ['checkpoint', { params: { version: '-1' } }, 'version'],
    ['checkpoint', { params: { version: '99999999999999999999' } }, 'version'],
    ['checkpoint', { params: { group: 'a b' } }, 'group'],
    ['approval', { method: 'POST', body: '{"status":"Maybe"}' }, 'status'],
    ['pin', { method: 'POST', body: '{}' }, 'pinned'],
    ['plan', { method: 'POST', body: '{' }, 'body'],
    ['plan', { method: 'POST', body: '{"action":"resume","from":{"group":"g","version":"x"}}' }, 'from.version'],
    ['plan', { method: 'POST', body: '{}', headers: { ...SELF, 'content-type': 'text/plain' } }, 'content-type'],
    ['jobs', { method: 'POST', body: '{"action":"resume","from":{"group":"g","version":1}}' }, 'planToken'],
  ])('%s %o: 400 that names %s', async (route, input, field) => {
    const { status, json } = await ask(route, input);
    const { error } = errorBodySchema.parse(json());
    expect([status, error.code, error.field]).toEqual([400, 'bad_request', field]);
    expect(error.message.length).toBeLessThan(500);
  });

  it('a body beyond 256 kB is 413', async () => {
    const { status, json } = await ask('plan', { method: 'POST', body: `"${'x'.repeat(262_144)}"` });
    expect([status, json().error.code]).toEqual([413, 'too_large']);
  });

  it('never gives an error of our own, whatever comes', async () => {
    const existing = await failedJob();
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.constantFrom(
        '',
        '%',
        '\0',
        "'; DROP TABLE jobs; --",
        '__proto__',
        '\ud800',
        '1e309',
        '-0',
        'NaN',
        '[object Object]',
      ),
    );
    const valid = fc.record({
      region: fc.constant(region),
      category: fc.constantFrom('AgentRFT', 'AgentRFTEvaluation'),
      name: fc.oneof(fc.constant(existing), fc.stringMatching(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,20}$/)),
      group: fc.stringMatching(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,20}$/),
      version: fc.integer({ min: 1, max: 2 ** 31 }).map(String),
    });
    const params = fc.oneof(
      valid,
      fc.dictionary(fc.constantFrom('region', 'category', 'name', 'group', 'version'), odd),
    );
    const key = fc.constantFrom(
      'q',
      'status',
      'category',
      'baseModel',
      'dataset',
      'since',
      'until',
      'sort',
      'order',
      'limit',
      'cursor',
      'kind',
      'source',
    );
    const likely = fc.constantFrom(
      'failed',
      'running,unknown',
      'AgentRFT',
      '2026-11-22T08:00:00Z',
      'name',
      'asc',
      '7',
      'resumable',
      'job',
    );
    const query = fc.array(fc.tuple(key, fc.oneof(odd, likely)), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('jobs', 'job', 'checkpoints', 'logs', 'checkpoint'),
        params,
        query,
        async (route, parts, pairs) => {
          const search = `?${new URLSearchParams(pairs)}`;
          const { status, json } = await ask(route as RouteName, { params: parts, search });
          expect(status).toBeLessThan(500);
          if (status !== 200) errorBodySchema.parse(json());
        },
      ),
      { numRuns: 400 },
    );
  });

  it('never gives an error of our own for a body, whatever it holds', async () => {
    const near = fc.record(
      {
        action: fc.constantFrom('resume', 'explode'),
        from: fc.record({ group: fc.string(), version: fc.oneof(fc.integer(), fc.string(), fc.double()) }),
        jobName: fc.string(),
        tags: fc.array(fc.record({ key: fc.string({ unit: 'binary' }), value: fc.string({ unit: 'binary' }) })),
        planToken: fc.string(),
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      near.map((value) => JSON.stringify(value)),
      fc.json(),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('plan', 'jobs'), body, async (route, text) => {
        const { status, json } = await ask(route as RouteName, { method: 'POST', body: text });
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
        errorBodySchema.parse(json());
      }),
      { numRuns: 200 },
    );
  });
});

const CHANGES: Array<[RouteName, Ask]> = [
  ['approval', { method: 'POST', body: '{"status":"Approved"}' }],
  ['pin', { method: 'POST', body: '{"pinned":true}' }],
  ['notes', { method: 'POST', body: '{"text":"x"}' }],
  ['jobs', { method: 'POST', body: '{}' }],
  ['stop', { method: 'POST' }],
  ['job', { method: 'DELETE' }],
];

/** What was asked of AWS; without the trail and the logs that a story asked for earlier may still be reading. */
async function asked(): Promise<string[]> {
  const { byOperation } = await sandbox.control.calls();
  return Object.keys(byOperation).filter((name) => !/^(CloudTrail|Logs)\./.test(name));
}

describe('changes', () => {
  it.each(CHANGES)('%s %o: refused from another site, and nothing is asked of AWS', async (route, input) => {
    await sandbox.control.resetCalls();
    const foreign: Record<string, string>[] = [
      { host: 'localhost:3000', origin: 'https://evil.example' },
      { host: 'localhost:3000', origin: 'http://localhost:3000', 'sec-fetch-site': 'cross-site' },
      { host: 'evil.example', origin: 'http://localhost:3000' },
      { host: 'localhost:3000' },
    ];
    for (const headers of foreign) {
      const { status, json } = await ask(route, { ...input, headers });
      expect([status, json().error.code]).toEqual([403, 'cross_origin']);
    }
    expect(await asked()).toEqual([]);
  });

  it.each(CHANGES)('%s %o: refused where others reach the server, or nobody knows who does', async (route, input) => {
    await sandbox.control.resetCalls();
    for (const address of ['0.0.0.0', '10.1.2.3', '::', undefined]) {
      Object.assign(globalThis, { [BOUND_HOST]: address });
      const { status, json } = await ask(route, input);
      expect([address, status, json().error.code]).toEqual([address, 403, 'read_only']);
    }
    expect(await asked()).toEqual([]);
  });

  it.each(CHANGES)('%s %o: refused when CAIRN_READ_ONLY is set', async (route, input) => {
    const { readOnly } = d.settings;
    try {
      d.settings.readOnly = true;
      const { status, json } = await ask(route, input);
      expect([status, json().error.code]).toEqual([403, 'read_only']);
      expect((await ask('health')).json().readOnly.reason).toContain('CAIRN_READ_ONLY=1');
    } finally {
      d.settings.readOnly = readOnly;
    }
  });
});

describe('live events', () => {
  it('reach a hundred viewers, cost AWS nothing, and let go of each', async () => {
    await sandbox.control.resetCalls();
    const abort = new AbortController();
    const { GET } = await ROUTES.events.load();
    const viewers = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const request = new Request('http://localhost:3000/api/events', {
          headers: { 'last-event-id': '12345' },
          signal: abort.signal,
        });
        const { body } = await GET(request, { params: Promise.resolve({}) });
        return (body as ReadableStream<Uint8Array>).getReader();
      }),
    );
    const decoder = new TextDecoder();
    const readUntil = async (reader: ReadableStreamDefaultReader<Uint8Array>, words: string) => {
      for (let text = ''; ; ) {
        if (text.includes(words)) return text;
        const { value, done } = await reader.read();
        if (done) return text;
        text += decoder.decode(value);
      }
    };
    for (const text of await Promise.all(viewers.map((reader) => readUntil(reader, 'event: hello')))) {
      expect(text).toContain('"type":"hello"');
    }
    const waiting = Promise.all(viewers.map((reader) => readUntil(reader, 'event: jobs')));
    d.events.publish({ type: 'jobs', region });
    d.events.flush();
    for (const text of await waiting) expect(text).toContain(`data: {"type":"jobs","region":"${region}"}`);
    expect(await asked()).toEqual([]);
    abort.abort();
    const ended = await Promise.all(viewers.map((reader) => reader.read()));
    expect(ended.every(({ done }) => done)).toBe(true);
  });
});

describe('a hundred viewers of one log', () => {
  it('cost the calls of one', async () => {
    const name = await failedJob();
    const count = async (viewers: number) => {
      await sandbox.control.resetCalls();
      const pages = await Promise.all(
        Array.from({ length: viewers }, () => ask('logs', { params: { name }, search: '?limit=40' })),
      );
      expect(new Set(pages.map(({ text }) => JSON.parse(text).events.length))).toEqual(new Set([40]));
      return (await sandbox.control.calls()).total;
    };
    const first = await count(100);
    expect(first).toBeLessThanOrEqual(4);
    expect(await count(100)).toBe(0);
  });
});
