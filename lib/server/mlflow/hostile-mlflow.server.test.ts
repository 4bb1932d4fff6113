import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toSeries } from '@/lib/metrics/to-series';
import { createCallMeter } from '../aws/call-meter';
import type { AwsRegion } from '../aws/clients';
import type { Settings } from '../env';
import { getHistory, getTail } from './history';
import { createMlflowClient, type MlflowClient } from './mlflow-client';
import { findRun, getRun } from './runs';
import { MlflowSessions } from './sessions';
import { Slots } from './slots';
import { getTrace } from './traces';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const json =
  (body: unknown, status = 200): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
const html =
  (status: number): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end('<html><body>sign in</body></html>');
  };
const text =
  (body: string): Answer =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  };
const run = (more: object) => ({ run: { info: { run_id: 'r', ...more } } });

describe('an MLflow server that answers otherwise than hoped', () => {
  let server: Server;
  let client: MlflowClient;
  let answer: Answer;
  let asked: { authorization?: string; url?: string }[] = [];

  const connect = (own: NonNullable<Settings['mlflow']['own']>, timeoutMs = 3_000, slots?: Slots) =>
    createMlflowClient({
      // An own server is asked without any of AWS.
      settings: { mlflow: { own }, requireLoopback: true } as Settings,
      aws: { region: 'us-west-2' } as AwsRegion,
      sessions: new MlflowSessions(Date.now),
      ways: new Map(),
      meter: createCallMeter(),
      timeoutMs,
      slots,
      now: Date.now,
    });
  let uri = '';
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push({ authorization: request.headers.authorization, url: request.url });
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    client = connect({ uri, username: 'robin', password: 'pä:ss' });
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it.each<[string, Answer, string]>([
    ['a sign-in page', html(200), 'aws_failed'],
    ['the 403 of a front door', html(403), 'access_denied'],
    ['a 401', html(401), 'access_denied'],
    ['MLflow saying no', json({ error_code: 'PERMISSION_DENIED', message: 'no' }, 403), 'access_denied'],
    [
      'a redirect to somewhere else',
      (_, r) => r.writeHead(302, { location: 'http://example.com' }).end(),
      'aws_failed',
    ],
    ['a run that does not exist', json({ error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'x' }, 404), 'not_found'],
    ['a run in the trash', json(run({ lifecycle_stage: 'deleted' })), 'not_found'],
    ['a 404 that is not MLflow', html(404), 'aws_failed'],
    ['an endless busy', json({ error_code: 'REQUEST_LIMIT_EXCEEDED' }, 429), 'throttled'],
    ['a fault', json({ error_code: 'INTERNAL_ERROR', message: 'x' }, 500), 'aws_failed'],
    ['JSON that breaks off', text('{"run": {"info": {"run'), 'aws_failed'],
    ['JSON of another shape', json(['run']), 'aws_failed'],
    ['nothing at all', text(''), 'aws_failed'],
    ['a connection that breaks', (request) => request.socket.destroy(), 'aws_unreachable'],
  ])('%s becomes an error that says what to do', async (_name, hostile, code) => {
    answer = hostile;
    const failure = await getRun(client, 'own', 'r').then(
      () => undefined,
      (error: unknown) => error as Error & { hint?: string },
    );
    expect(failure).toMatchObject({ code });
    // Neither the password nor the address of the server is told to anybody.
    expect(JSON.stringify([failure?.message, failure?.hint])).not.toMatch(/127\.0\.0\.1|robin|p\\u00e4|Basic/);
    expect(failure?.message).toMatch(/\.$/);
  });

  it('a passing fault is asked again, and nobody hears of it', async () => {
    let first = true;
    answer = (request, response) => {
      (first ? html(503) : json(run({ status: 'FINISHED' })))(request, response);
      first = false;
    };
    expect(await getRun(client, 'own', 'r')).toMatchObject({ runId: 'r', ended: true, latest: new Map() });
    expect(asked).toHaveLength(2);
  });

  it('signs in with name and password, or with a token before them', async () => {
    answer = json(run({}));
    await getRun(client, 'own', 'r');
    await getRun(connect({ uri, username: 'robin', password: 'x', token: 'secret' }), 'own', 'r');
    await getRun(connect({ uri }), 'own', 'r');
    expect(asked.map(({ authorization }) => authorization)).toEqual([
      `Basic ${Buffer.from('robin:pä:ss').toString('base64')}`,
      'Bearer secret',
      undefined,
    ]);
  });

  it('missing lists are empty ones', async () => {
    answer = json({});
    expect(await getHistory(client, 'own', 'r', 'k')).toEqual([]);
    expect(
      await findRun(client, 'own', {
        jobCategory: 'AgentRFT',
        jobName: 'j',
        createdAtMs: 0,
        mlflow: { experimentId: '1', runName: 'n' },
      }),
    ).toBeUndefined();
  });

  it('values that are no numbers are gaps, however they are written, and defaults that were left out are zeros', async () => {
    answer = text(
      `{"metrics": [
        {"key": "k", "value": NaN, "timestamp": 1, "step": 1}, {"key": "k", "value": "NaN", "timestamp": 2, "step": 2},
        {"key": "k", "value": -Infinity, "timestamp": 3, "step": 3}, {"key": "k", "value": "Infinity", "timestamp": 4, "step": 4},
        {"key": "k", "value": 1.7976931348623157e308, "timestamp": 5, "step": 5},
        {"key": "k", "value": -1.7976931348623157e+308, "timestamp": 6, "step": 6},
        {"key": "k", "value": "0.5", "timestamp": "7", "step": "7"}, {"key": "k", "timestamp": 8, "step": 8},
        {"key": "k", "value": 2, "timestamp": 9}, {"key": "k", "value": 1, "timestamp": 10, "step": "one"}, null, 7
      ]}`,
    );
    const { steps, values } = toSeries(await getHistory(client, 'own', 'r', 'k'));
    expect(steps.map((step, i) => [step, values[i]])).toEqual([
      [0, 2],
      [1, null],
      [2, null],
      [3, null],
      [4, null],
      [5, null],
      [6, null],
      [7, 0.5],
      [8, 0],
    ]);
  });

  it('a metric of 100,000 points comes page by page, and a server that answers in circles comes to an end', async () => {
    const all = Array.from({ length: 100_000 }, (_, i) => ({ key: 'k', value: i, timestamp: i, step: i }));
    answer = (request, response) => {
      const query = new URL(request.url ?? '', uri).searchParams;
      const from = Number(query.get('page_token') ?? 0);
      const to = from + Number(query.get('max_results'));
      json({ metrics: all.slice(from, to), ...(to < all.length && { next_page_token: String(to) }) })(
        request,
        response,
      );
    };
    const { steps, values } = toSeries(await getHistory(client, 'own', 'r', 'k'));
    expect([steps.length, steps.at(-1), values.at(-1)]).toEqual([100_000, 99_999, 99_999]);
    expect(asked).toHaveLength(4);
    answer = json({ metrics: all.slice(0, 2), next_page_token: 'same' });
    expect((await getHistory(client, 'own', 'r', 'k')).length).toBe(4);
  });

  it('a trace beyond every size is refused while it is read, one of 30,000 spans is not', async () => {
    const span = (i: number) => ({ span_id: String(i), name: 's', start_time_unix_nano: 1e18 + i, attributes: {} });
    answer = json({ trace: { trace_info: {}, spans: Array.from({ length: 30_000 }, (_, i) => span(i)) } });
    expect((await getTrace(client, 'own', 'tr-1')).spans).toHaveLength(30_000);
    answer = (_, response) => {
      response.writeHead(200);
      const piece = 'x'.repeat(1 << 20);
      const more = () => {
        while (!response.destroyed && response.write(piece));
      };
      response.on('drain', more);
      more();
    };
    await expect(getTrace(client, 'own', 'tr-1')).rejects.toMatchObject({ code: 'too_large' });
  });

  it('however much people want at once, MLflow gets a few calls at a time, and failures make room again', async () => {
    let underWay = 0;
    let most = 0;
    answer = (request, response) => {
      underWay += 1;
      most = Math.max(most, underWay);
      setTimeout(() => {
        underWay -= 1;
        (asked.length % 2 ? json({ error_code: 'X' }, 400) : json(run({})))(request, response);
      }, 5);
    };
    const narrow = connect({ uri }, 3_000, new Slots(3));
    const all = await Promise.allSettled(Array.from({ length: 30 }, () => getRun(narrow, 'own', 'r')));
    expect(all.some(({ status }) => status === 'rejected')).toBe(true);
    expect([asked.length, most]).toEqual([30, 3]);
  });

  it('the tail of steps beyond 32 bits is read as a whole history', async () => {
    answer = json({ metrics: [] });
    expect(await getTail(client, 'own', { runId: 'r', key: 'k', fromStep: 1, toStep: 2 ** 31 })).toBeUndefined();
    expect(await getTail(client, 'own', { runId: 'r', key: 'k', fromStep: 1, toStep: 5 })).toEqual([]);
  });

  it('under test nothing but this machine is asked', async () => {
    await expect(getRun(connect({ uri: 'https://mlflow.example.com' }), 'own', 'r')).rejects.toMatchObject({
      code: 'not_configured',
    });
  });

  it('a server that hangs is given up after the time a caller waits', async () => {
    answer = () => undefined;
    await expect(getRun(connect({ uri }, 200), 'own', 'r')).rejects.toMatchObject({ code: 'aws_unreachable' });
    server.closeAllConnections();
  });
});
