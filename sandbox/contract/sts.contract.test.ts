import { GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../start-sandbox';
import { type Clients, clientsFor } from './clients';

describe('STS', () => {
  let sandbox: RunningSandbox;
  let clients: Clients;

  beforeAll(async () => {
    sandbox = await startSandbox({ scenario: 'empty', speed: 0 });
    clients = clientsFor(sandbox.url);
  });
  afterAll(async () => {
    clients.destroy();
    await sandbox.close();
  });

  it('says who the caller is', async () => {
    const identity = await clients.sts.send(new GetCallerIdentityCommand({}));
    expect(identity.Account).toBe('123456789012');
    expect(identity.Arn).toBe('arn:aws:sts::123456789012:assumed-role/ExampleOperatorRole/robin');
    expect(identity.UserId).toBe('AROAEXAMPLEOPERATOR01:robin');
    expect(identity.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('refuses expired and unknown credentials in STS words', async () => {
    const expired = clientsFor(sandbox.url, { accessKeyId: 'AKIDEXPIRED1' });
    await expect(expired.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'ExpiredToken',
      $metadata: { httpStatusCode: 403 },
    });
    const unknown = clientsFor(sandbox.url, { accessKeyId: 'AKIDUNKNOWN1' });
    await expect(unknown.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
    expired.destroy();
    unknown.destroy();
  });

  it('refuses an unsigned call', async () => {
    const reply = await fetch(sandbox.url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    });
    expect(reply.status).toBe(403);
    expect(await reply.text()).toContain('<Code>MissingAuthenticationToken</Code>');
  });

  it('knows no other action', async () => {
    await expect(clients.sts.send(new GetSessionTokenCommand({}))).rejects.toMatchObject({ name: 'InvalidAction' });
  });

  it('answers injected faults as errors of the query protocol', async () => {
    await sandbox.control.setFaults([{ operation: 'STS.GetCallerIdentity', kind: 'throttle', times: 1 }]);
    await expect(clients.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'Throttling' });
    await sandbox.control.setFaults([{ operation: 'GetCallerIdentity', kind: 'access-denied', times: 1 }]);
    await expect(clients.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' });
    await sandbox.control.setFaults([]);
  });
});
