import {
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  type FilteredLogEvent,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  type OutputLogEvent,
  paginateDescribeLogStreams,
  paginateFilterLogEvents,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DeleteJobCommand, StopJobCommand } from '@aws-sdk/client-sagemaker';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../start-sandbox';
import { type Clients, clientsFor } from './clients';

const GROUP = '/aws/sagemaker/Job/AgentRFT';

describe('CloudWatch Logs', () => {
  let sandbox: RunningSandbox;
  let clients: Clients;

  beforeAll(async () => {
    sandbox = await startSandbox({ scenario: 'empty', speed: 0, now: '2026-11-22T12:00:00Z', seed: 4 });
    clients = clientsFor(sandbox.url);
    await seed('alpha', { outcome: 'completed', steps: 60, startedAgo: '10h' });
    await seed('alpha-2', { outcome: 'failed', steps: 30, startedAgo: '9h', failureReason: 'The agent signaled' });
    await seed('running', { outcome: 'running', steps: 60, startedAgo: '1h' });
    await sandbox.control.seedJob({
      name: 'alpha-eval',
      category: 'AgentRFTEvaluation',
      outcome: 'completed',
      startedAgo: '2h',
    });
  });
  afterAll(async () => {
    clients.destroy();
    await sandbox.close();
  });
  afterEach(() => sandbox.control.setFaults([]));

  type Seed = Parameters<typeof sandbox.control.seedJob>[0];
  const seed = (name: string, rest: Omit<Seed, 'name'>) =>
    sandbox.control.seedJob({ name, groups: { output: 'o', intermediate: 'i' }, ...rest });

  async function streamOf(job: string, group = GROUP): Promise<string> {
    const { logStreams } = await clients.logs.send(
      new DescribeLogStreamsCommand({ logGroupName: group, logStreamNamePrefix: `${job}/` }),
    );
    return logStreams?.[0]?.logStreamName ?? '';
  }

  /** Every event of a stream, read forward as AWS says: until a token comes back as it was sent. */
  async function readForward(stream: string, limit?: number) {
    const events: OutputLogEvent[] = [];
    let pages = 0;
    let emptyWithMore = 0;
    let nextToken: string | undefined;
    for (;;) {
      const page = await clients.logs.send(
        new GetLogEventsCommand({ logGroupName: GROUP, logStreamName: stream, startFromHead: true, nextToken, limit }),
      );
      pages += 1;
      events.push(...(page.events ?? []));
      if (page.nextForwardToken === nextToken) return { events, pages, emptyWithMore, token: nextToken };
      if (page.events?.length === 0) emptyWithMore += 1;
      nextToken = page.nextForwardToken;
    }
  }

  async function readBackward(stream: string, limit: number) {
    const pages: OutputLogEvent[][] = [];
    let nextToken: string | undefined;
    for (;;) {
      const page = await clients.logs.send(
        new GetLogEventsCommand({ logGroupName: GROUP, logStreamName: stream, nextToken, limit }),
      );
      pages.unshift(page.events ?? []);
      if (page.nextBackwardToken === nextToken) return pages.flat();
      nextToken = page.nextBackwardToken;
    }
  }

  async function filterAll(input: FilterLogEventsCommandInput) {
    const events: FilteredLogEvent[] = [];
    let pages = 0;
    let empty = 0;
    for await (const page of paginateFilterLogEvents({ client: clients.logs }, input)) {
      pages += 1;
      if (page.events?.length === 0) empty += 1;
      events.push(...(page.events ?? []));
    }
    return { events, pages, empty };
  }

  describe('groups and streams', () => {
    it('lists both groups of the account by prefix', async () => {
      const { logGroups } = await clients.logs.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/sagemaker/Job/' }),
      );
      expect(logGroups?.map((group) => group.logGroupName)).toEqual([GROUP, `${GROUP}Evaluation`]);
      expect(logGroups?.[0]?.arn).toBe(`arn:aws:logs:us-west-2:123456789012:log-group:${GROUP}:*`);
      expect(logGroups?.[0]?.retentionInDays).toBeUndefined();
      const none = await clients.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/lambda/' }));
      expect(none.logGroups).toEqual([]);
    });

    it('finds the streams of one job by the prefix with its slash', async () => {
      const { logStreams } = await clients.logs.send(
        new DescribeLogStreamsCommand({ logGroupName: GROUP, logStreamNamePrefix: 'alpha/' }),
      );
      expect(logStreams?.length).toBeGreaterThan(0);
      for (const stream of logStreams ?? []) {
        expect(stream.logStreamName).toMatch(/^alpha\//);
        expect(stream.arn).toBe(
          `arn:aws:logs:us-west-2:123456789012:log-group:${GROUP}:log-stream:${stream.logStreamName}`,
        );
        expect(Number.isInteger(stream.creationTime)).toBe(true);
        expect(stream.lastEventTimestamp).toBeGreaterThan(stream.firstEventTimestamp ?? 0);
      }
      const loose = await clients.logs.send(
        new DescribeLogStreamsCommand({ logGroupName: GROUP, logStreamNamePrefix: 'alpha' }),
      );
      expect(new Set(loose.logStreams?.map((stream) => stream.logStreamName?.split('/')[0]))).toEqual(
        new Set(['alpha', 'alpha-2']),
      );
    });

    it('pages streams to the end', async () => {
      const names: string[] = [];
      for await (const page of paginateDescribeLogStreams(
        { client: clients.logs, pageSize: 1 },
        { logGroupName: GROUP },
      )) {
        expect(page.logStreams).toHaveLength(1);
        names.push(page.logStreams?.[0]?.logStreamName ?? '');
      }
      expect(new Set(names.map((name) => name.split('/')[0]))).toEqual(new Set(['alpha', 'alpha-2', 'running']));
      expect(names).toEqual([...names].sort());
    });

    it('orders by last event, but not together with a prefix', async () => {
      const { logStreams } = await clients.logs.send(
        new DescribeLogStreamsCommand({ logGroupIdentifier: GROUP, orderBy: 'LastEventTime', descending: true }),
      );
      expect(logStreams?.[0]?.logStreamName).toMatch(/^running\//);
      await expect(
        clients.logs.send(
          new DescribeLogStreamsCommand({
            logGroupName: GROUP,
            orderBy: 'LastEventTime',
            logStreamNamePrefix: 'alpha/',
          }),
        ),
      ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    });

    it('says what is not there', async () => {
      await expect(
        clients.logs.send(new DescribeLogStreamsCommand({ logGroupName: '/aws/sagemaker/Job/Nothing' })),
      ).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: 'The specified log group does not exist.',
      });
      await expect(
        clients.logs.send(new GetLogEventsCommand({ logGroupName: GROUP, logStreamName: 'alpha/none' })),
      ).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: 'The specified log stream does not exist.',
      });
      const elsewhere = clientsFor(sandbox.url, { region: 'us-east-1' });
      await expect(elsewhere.logs.send(new DescribeLogStreamsCommand({ logGroupName: GROUP }))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
      elsewhere.destroy();
    });

    it('validates in its own words', async () => {
      await expect(
        clients.logs.send(new DescribeLogStreamsCommand({ logGroupName: GROUP, limit: 51 })),
      ).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining("Value '51' at 'limit' failed to satisfy constraint"),
      });
      await expect(
        clients.logs.send(new DescribeLogStreamsCommand({ logGroupName: GROUP, logGroupIdentifier: GROUP })),
      ).rejects.toMatchObject({ name: 'InvalidParameterException' });
      await expect(
        clients.logs.send(new GetLogEventsCommand({ logGroupName: GROUP, logStreamName: 'x', limit: 10_001 })),
      ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    });
  });

  describe('GetLogEvents', () => {
    it('reads the same events forward and backward, whatever the page size, across empty pages', async () => {
      const stream = await streamOf('alpha');
      const whole = await readForward(stream);
      expect(whole.events.length).toBeGreaterThan(300);
      const times = whole.events.map((event) => event.timestamp ?? 0);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times.every(Number.isInteger)).toBe(true);
      const small = await readForward(stream, 7);
      expect(small.events).toEqual(whole.events);
      expect(small.emptyWithMore).toBeGreaterThan(0);
      expect(await readBackward(stream, 11)).toEqual(whole.events);
    });

    it('opens at the end by default and answers both tokens always', async () => {
      const stream = await streamOf('alpha');
      const { events } = await readForward(stream);
      const end = await clients.logs.send(
        new GetLogEventsCommand({ logGroupName: GROUP, logStreamName: stream, limit: 5 }),
      );
      expect(end.events).toEqual(events.slice(-5));
      expect(end.nextForwardToken).toMatch(/^f\/\d{56}\/s$/);
      expect(end.nextBackwardToken).toMatch(/^b\/\d{56}\/s$/);
      expect(end.events?.at(-1)?.message).toContain('job completed');
    });

    it('a forward token kept at the end sees what comes later', async () => {
      const stream = await streamOf('running');
      const before = await readForward(stream);
      await sandbox.control.advance('10m');
      const later: OutputLogEvent[] = [];
      let token = before.token;
      for (;;) {
        const page = await clients.logs.send(
          new GetLogEventsCommand({
            logGroupName: GROUP,
            logStreamName: stream,
            startFromHead: true,
            nextToken: token,
          }),
        );
        later.push(...(page.events ?? []));
        if (page.nextForwardToken === token) break;
        token = page.nextForwardToken;
      }
      expect(later.length).toBeGreaterThan(0);
      expect((await readForward(stream)).events).toEqual([...before.events, ...later]);
    });

    it('includes the start time and excludes the end time', async () => {
      const stream = await streamOf('alpha');
      const { events } = await readForward(stream);
      const [from, to] = [events[40]?.timestamp ?? 0, events[60]?.timestamp ?? 0];
      const page = await clients.logs.send(
        new GetLogEventsCommand({
          logGroupName: GROUP,
          logStreamName: stream,
          startTime: from,
          endTime: to,
          startFromHead: true,
        }),
      );
      expect(page.events).toEqual(
        events.filter((event) => (event.timestamp ?? 0) >= from && (event.timestamp ?? 0) < to),
      );
    });

    it('refuses tokens of another stream and forward tokens without startFromHead', async () => {
      const stream = await streamOf('alpha');
      const other = await streamOf('alpha-2');
      const page = await clients.logs.send(
        new GetLogEventsCommand({ logGroupName: GROUP, logStreamName: stream, startFromHead: true, limit: 3 }),
      );
      const nextToken = page.nextForwardToken;
      await expect(
        clients.logs.send(
          new GetLogEventsCommand({ logGroupName: GROUP, logStreamName: other, startFromHead: true, nextToken }),
        ),
      ).rejects.toMatchObject({ name: 'InvalidParameterException' });
      await expect(
        clients.logs.send(new GetLogEventsCommand({ logGroupName: GROUP, logStreamName: stream, nextToken })),
      ).rejects.toMatchObject({ name: 'InvalidParameterException' });
      await expect(
        clients.logs.send(
          new GetLogEventsCommand({
            logGroupName: GROUP,
            logStreamName: stream,
            nextToken: 'f/1/s',
            startFromHead: true,
          }),
        ),
      ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    });

    it('the log of a failed job ends with its reason, and outlives the job', async () => {
      const stream = await streamOf('alpha-2');
      await clients.sagemaker.send(new DeleteJobCommand({ JobName: 'alpha-2', JobCategory: 'AgentRFT' }));
      await sandbox.control.advance('1m');
      expect((await readForward(stream)).events.at(-1)?.message).toContain('job failed: The agent signaled');
    });
  });

  describe('FilterLogEvents', () => {
    it('without a pattern gives every event of a job, in one order of time', async () => {
      const { events, pages } = await filterAll({ logGroupName: GROUP, logStreamNamePrefix: 'alpha/', limit: 40 });
      const { events: direct } = await readForward(await streamOf('alpha'));
      expect(pages).toBeGreaterThan(3);
      expect(events.length).toBeGreaterThanOrEqual(direct.length);
      const own = events.filter((event) => direct.some((line) => line.message === event.message));
      expect(own.map((event) => event.message)).toEqual(direct.map((line) => line.message));
      const times = events.map((event) => event.timestamp ?? 0);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(new Set(events.map((event) => event.eventId)).size).toBe(events.length);
      expect(events.every((event) => /^\d{56}$/.test(event.eventId ?? ''))).toBe(true);
    });

    it('merges the streams of a whole group and reads newest first from 2024 on', async () => {
      const startTime = Date.UTC(2026, 10, 1);
      const up = await filterAll({ logGroupName: GROUP, startTime });
      const down = await filterAll({ logGroupName: GROUP, startTime, startFromHead: false, limit: 100 });
      expect(up.events.length).toBeGreaterThan(800);
      const ids = (events: FilteredLogEvent[]) => events.map((event) => event.eventId).sort();
      expect(ids(down.events)).toEqual(ids(up.events));
      const times = down.events.map((event) => event.timestamp ?? 0);
      expect(times).toEqual([...times].sort((a, b) => b - a));
      await expect(
        clients.logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, startFromHead: false })),
      ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    });

    it('a rare word comes in empty pages while more follows', async () => {
      const { events, empty } = await filterAll({ logGroupName: GROUP, filterPattern: '"job failed"' });
      expect(events).toHaveLength(1);
      expect(empty).toBeGreaterThan(0);
    });

    it('understands terms, phrases, exclusions and alternatives', async () => {
      const of = async (filterPattern?: string) =>
        (await filterAll({ logGroupName: GROUP, logStreamNamePrefix: 'alpha-2/', filterPattern })).events.map(
          (event) => event.message ?? '',
        );
      const all = await of();
      const errors = all.filter((message) => message.includes('ERROR'));
      expect(errors.length).toBeGreaterThan(2);
      expect(await of('ERROR')).toEqual(errors);
      expect(await of('ERROR platform')).toEqual(errors.filter((message) => message.includes('platform')));
      expect(await of('ERROR -platform')).toEqual(errors.filter((message) => !message.includes('platform')));
      expect(await of('?ERROR ?WARN')).toEqual(all.filter((message) => /ERROR|WARN/.test(message)));
      expect(await of('"reward mean="')).toEqual(all.filter((message) => message.includes('reward mean=')));
      expect(await of('error')).toEqual(all.filter((message) => message.includes('error')));
      await expect(of('reward=1')).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: "Invalid character(s) in term 'reward=1'",
      });
      await expect(of('"open')).rejects.toMatchObject({ name: 'InvalidParameterException' });
    });

    it('includes its end time, unlike GetLogEvents', async () => {
      const { events } = await readForward(await streamOf('alpha'));
      const at = events[30]?.timestamp ?? 0;
      const found = await filterAll({
        logGroupName: GROUP,
        logStreamNames: [await streamOf('alpha')],
        startTime: at,
        endTime: at,
      });
      expect(found.events.map((event) => event.message)).toContain(events[30]?.message);
    });

    it('refuses names together with a prefix, unknown names, and a token of another search', async () => {
      const stream = await streamOf('alpha');
      const send = (input: Partial<FilterLogEventsCommandInput>) =>
        clients.logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, ...input }));
      await expect(send({ logStreamNames: [stream], logStreamNamePrefix: 'alpha/' })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
      await expect(send({ logStreamNames: ['alpha/none'] })).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
      const { nextToken } = await send({ limit: 2 });
      await expect(send({ nextToken, filterPattern: 'ERROR' })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    });
  });

  describe('early and late', () => {
    it('a young job has no stream yet, then one', async () => {
      await seed('young', { outcome: 'running', steps: 10 });
      expect(await streamOf('young')).toBe('');
      await sandbox.control.advance('5m');
      const stream = await streamOf('young');
      expect(stream).toMatch(/^young\//);
      expect((await readForward(stream)).events[0]?.message).toContain('job young (AgentRFT)');
    });

    it('a stopped job logs its stop and nothing it would have logged later', async () => {
      const stream = await streamOf('young');
      await sandbox.control.advance('15m');
      const before = (await readForward(stream)).events;
      await clients.sagemaker.send(new StopJobCommand({ JobName: 'young', JobCategory: 'AgentRFT' }));
      await sandbox.control.advance('1h');
      const after = (await readForward(stream)).events;
      expect(after.slice(0, before.length)).toEqual(before);
      expect(after.at(-1)?.message).toContain('job stopped');
      expect(after.some((event) => event.message?.includes('stop requested'))).toBe(true);
    });
  });

  it('retention empties old streams, which stay listed', async () => {
    const month = await startSandbox({ scenario: 'team-month', speed: 0, now: '2026-11-22T12:00:00Z' });
    const client = clientsFor(month.url);
    const { logGroups } = await client.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: GROUP }));
    expect(logGroups?.[0]?.retentionInDays).toBe(30);
    const read = async (prefix: string) => {
      const { logStreams } = await client.logs.send(
        new DescribeLogStreamsCommand({ logGroupName: GROUP, logStreamNamePrefix: prefix }),
      );
      expect(logStreams?.length).toBeGreaterThan(0);
      return client.logs.send(
        new GetLogEventsCommand({ logGroupName: GROUP, logStreamName: logStreams?.[0]?.logStreamName }),
      );
    };
    expect((await read('first-trial-1019/')).events).toEqual([]);
    expect((await read('support-desk-gpt-oss-20b-1122/')).events?.length).toBeGreaterThan(50);
    client.destroy();
    await month.close();
  });

  it('answers throttling as an error the SDK retries', async () => {
    const patient = clientsFor(sandbox.url, { maxAttempts: 3 });
    await sandbox.control.setFaults([{ operation: 'Logs.DescribeLogGroups', kind: 'throttle', times: 1 }]);
    const reply = await patient.logs.send(new DescribeLogGroupsCommand({}));
    expect(reply.$metadata.attempts).toBe(2);
    patient.destroy();
  });

  it('a denied call names the log group', async () => {
    await sandbox.control.setFaults([{ operation: 'Logs.FilterLogEvents', kind: 'access-denied', times: 1 }]);
    await expect(clients.logs.send(new FilterLogEventsCommand({ logGroupName: GROUP }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        `logs:FilterLogEvents on resource: arn:aws:logs:us-west-2:123456789012:log-group:${GROUP}:log-stream:`,
      ),
    });
  });

  it('knows no operation it does not emulate', async () => {
    await expect(
      clients.logs.send(new StartQueryCommand({ startTime: 1, endTime: 2, queryString: 'fields @message' })),
    ).rejects.toMatchObject({ name: 'UnknownOperationException' });
  });
});
