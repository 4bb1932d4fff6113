import {
  DescribeJobCommand,
  ListJobsCommand,
  ListTrainingJobsCommand,
  StopJobCommand,
} from '@aws-sdk/client-sagemaker';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningSandbox, startSandbox } from '../start-sandbox';
import { assertLoopback, type Clients, clientsFor, realClients } from './clients';

describe('the wire', () => {
  let sandbox: RunningSandbox;
  let clients: Clients;

  beforeAll(async () => {
    sandbox = await startSandbox({ scenario: 'team-month', speed: 0, now: '2026-11-22T12:00:00Z' });
    clients = clientsFor(sandbox.url);
  });
  afterAll(async () => {
    clients.destroy();
    await sandbox.close();
  });
  afterEach(() => sandbox.control.setFaults([]));

  const listJobs = (from = clients) => from.sagemaker.send(new ListJobsCommand({ JobCategory: 'AgentRFT' }));

  it('does not know operations it does not emulate', async () => {
    await expect(clients.sagemaker.send(new ListTrainingJobsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('throttles so that the SDK retries, and gives up when it goes on', async () => {
    const patient = clientsFor(sandbox.url, { maxAttempts: 3 });
    await sandbox.control.setFaults([{ operation: 'ListJobs', kind: 'throttle', times: 1 }]);
    await sandbox.control.resetCalls();
    expect((await listJobs(patient)).$metadata.attempts).toBe(2);
    expect((await sandbox.control.calls()).byOperation).toEqual({ 'SageMaker.ListJobs': 2 });
    await sandbox.control.setFaults([{ operation: 'ListJobs', kind: 'throttle' }]);
    await expect(listJobs()).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
    patient.destroy();
  });

  it('server errors and broken bodies fail as they do with AWS', async () => {
    await sandbox.control.setFaults([{ operation: 'ListJobs', kind: 'error', times: 1 }]);
    await expect(listJobs()).rejects.toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } });
    await sandbox.control.setFaults([{ operation: 'ListJobs', kind: 'broken-body', times: 1 }]);
    await expect(listJobs()).rejects.toThrow(SyntaxError);
    expect((await listJobs()).JobSummaries?.length).toBeGreaterThan(5);
  });

  it('a denied call names the user, the action and the resource', async () => {
    await sandbox.control.setFaults([{ operation: 'DescribeJob', kind: 'access-denied' }]);
    await expect(
      clients.sagemaker.send(new DescribeJobCommand({ JobName: 'any', JobCategory: 'AgentRFT' })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(
        /^User: arn:aws:sts::123456789012:assumed-role\/\S+ is not authorized to perform: sagemaker:DescribeJob on resource: arn:aws:sagemaker:us-west-2:123456789012:job\/AgentRFT\/any /,
      ),
    });
  });

  it('a hanging call ends with the client’s own patience', async () => {
    await sandbox.control.setFaults([{ operation: 'ListJobs', kind: 'hang', times: 1 }]);
    const abort = new AbortController();
    const call = clients.sagemaker.send(new ListJobsCommand({ JobCategory: 'AgentRFT' }), {
      abortSignal: abort.signal,
    });
    abort.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });

  it.each([
    ['AKIDEXPIRED1', 'ExpiredTokenException'],
    ['AKIDUNKNOWN1', 'UnrecognizedClientException'],
  ])('the key %s gets %s from every service', async (accessKeyId, name) => {
    const refused = clientsFor(sandbox.url, { accessKeyId });
    await expect(listJobs(refused)).rejects.toMatchObject({ name });
    refused.destroy();
  });

  it('every answer has a request id of its own and virtual time in its Date', async () => {
    const ids = new Set<string | undefined>();
    for (let i = 0; i < 3; i++) ids.add((await listJobs()).$metadata.requestId);
    expect(ids.size).toBe(3);
    const { headers } = await fetch(`${sandbox.url}/`, { method: 'POST', body: '{}' });
    expect(headers.get('date')).toBe('Sun, 22 Nov 2026 12:00:00 GMT');
  });

  it('an unsigned call is not let in', async () => {
    const reply = await fetch(sandbox.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'SageMaker.ListJobs', 'content-type': 'application/x-amz-json-1.1' },
      body: '{"JobCategory":"AgentRFT"}',
    });
    expect(reply.status).toBe(403);
    expect(await reply.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });

  it('contract clients refuse any endpoint that is not this machine', () => {
    expect(() => assertLoopback('https://api.sagemaker.us-west-2.amazonaws.com')).toThrow(/only talk to/);
    expect(() => clientsFor('http://10.0.0.1:4570')).toThrow(/only talk to/);
    expect(() => assertLoopback(sandbox.url)).not.toThrow();
  });

  it('a client that is led elsewhere on its way is stopped before it sends', async () => {
    const led = clientsFor(sandbox.url);
    led.sagemaker.middlewareStack.add(
      (next) => (args) => {
        (args.request as { hostname: string }).hostname = 'api.sagemaker.us-west-2.amazonaws.com';
        return next(args);
      },
      { step: 'build' },
    );
    await expect(listJobs(led)).rejects.toThrow('contract tests only talk to 127.0.0.1');
    led.destroy();
  });

  it('clients of a real account send nothing that does not merely read', async () => {
    const real = realClients('us-west-2');
    const stop = new StopJobCommand({ JobName: 'any', JobCategory: 'AgentRFT' });
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
    vi.stubEnv('AWS_ENDPOINT_URL', sandbox.url);
    await expect(real.sagemaker.send(stop)).rejects.toThrow('StopJobCommand does not merely read');
    vi.unstubAllEnvs();
    real.destroy();
  });
});
