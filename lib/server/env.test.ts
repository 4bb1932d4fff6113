import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from './env';

const read = (env: Record<string, string>) => readSettings({ CAIRN_REGIONS: 'us-west-2', ...env });

/** The message a bad environment is refused with. */
function refusal(env: Record<string, string>): string {
  try {
    readSettings(env);
  } catch (error) {
    expect(error).toMatchObject({ code: 'not_configured' });
    return (error as Error).message;
  }
  throw new Error('the settings were taken');
}

const NONE = {
  sagemaker: undefined,
  logs: undefined,
  sts: undefined,
  cloudtrail: undefined,
  agentcore: undefined,
  lambda: undefined,
};

describe('readSettings', () => {
  it('has a default for everything but the region', () => {
    expect(read({})).toEqual({
      regions: ['us-west-2'],
      host: '127.0.0.1',
      port: 3000,
      dataDir: path.resolve('.cairn/data'),
      databaseUrl: undefined,
      readOnly: false,
      endpoints: NONE,
      mlflow: { endpoint: undefined, own: undefined },
      mode: 'aws',
      healthHosts: [],
      trailLogGroup: undefined,
      trailLake: undefined,
      logGroups: [],
      keptLogMb: 16,
      syncCallsPerSecond: 2,
      mlflowCallsPerSecond: 5,
      logLevel: 'info',
      requireLoopback: false,
    });
    expect(refusal({})).toContain('CAIRN_REGIONS');
    expect(read({ PORT: '', HOST: ' ', CAIRN_LOG_LEVEL: '' })).toMatchObject({ port: 3000, host: '127.0.0.1' });
  });

  it('takes the regions of Cairn before those of the SDK, each once', () => {
    expect(read({ CAIRN_REGIONS: ' us-east-1, us-west-2,us-east-1', AWS_REGION: 'eu-west-1' }).regions).toEqual([
      'us-east-1',
      'us-west-2',
    ]);
    expect(readSettings({ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' }).regions).toEqual(['eu-west-1']);
    expect(readSettings({ AWS_DEFAULT_REGION: 'us-gov-west-1' }).regions).toEqual(['us-gov-west-1']);
  });

  it('takes the endpoint of a service before the one for all, and none when told to ignore them', () => {
    const all = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4010', AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'http://logs.test' };
    expect(read(all)).toMatchObject({
      endpoints: {
        sagemaker: 'http://127.0.0.1:4010',
        logs: 'http://logs.test',
        sts: 'http://127.0.0.1:4010',
        cloudtrail: 'http://127.0.0.1:4010',
        agentcore: 'http://127.0.0.1:4010',
        lambda: 'http://127.0.0.1:4010',
      },
      mode: 'sandbox',
    });
    expect(read({ ...all, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' })).toMatchObject({
      endpoints: NONE,
      mode: 'aws',
    });
  });

  it.each([
    ['http://127.0.0.1:1', 'sandbox'],
    ['http://localhost:1', 'sandbox'],
    ['http://[::1]:1', 'sandbox'],
    ['http://127.0.0.1.example.com', 'aws'],
    ['https://vpce-1.api.sagemaker.us-west-2.vpce.amazonaws.com', 'aws'],
  ])('with %s the mode is %s', (url, mode) => {
    expect(read({ AWS_ENDPOINT_URL: url }).mode).toBe(mode);
  });

  it('says everything that is wrong in one message, and never a value', () => {
    const message = refusal({
      CAIRN_REGIONS: 'us-west-2,nowhere',
      PORT: '80808',
      CAIRN_READ_ONLY: 'yes',
      CAIRN_SYNC_CALLS_PER_SECOND: 'fast',
      DATABASE_URL: 'mysql://user:topsecret@host/db',
      AWS_ENDPOINT_URL: 'not a url',
    });
    for (const name of [
      'CAIRN_REGIONS',
      'PORT',
      'CAIRN_READ_ONLY',
      'CAIRN_SYNC_CALLS_PER_SECOND',
      'DATABASE_URL',
      'AWS_ENDPOINT_URL',
    ]) {
      expect(message).toContain(name);
    }
    expect(message).not.toContain('topsecret');
  });

  it('reads the event data store of the agents’ calls from its ARN, and refuses two sources for them', () => {
    const id = '0a1b2c3d-0000-4000-8000-000000000001';
    const arn = `arn:aws:cloudtrail:us-east-1:123456789012:eventdatastore/${id}`;
    expect(read({ CAIRN_TRAIL_LAKE: arn }).trailLake).toEqual({ arn, region: 'us-east-1', id });
    for (const wrong of [id, arn.toUpperCase(), `${arn}'--`, arn.replace('eventdatastore', 'trail')]) {
      expect(refusal({ CAIRN_REGIONS: 'us-west-2', CAIRN_TRAIL_LAKE: wrong })).toContain('CAIRN_TRAIL_LAKE must be');
    }
    expect(
      refusal({ CAIRN_REGIONS: 'us-west-2', CAIRN_TRAIL_LAKE: arn, CAIRN_TRAIL_LOG_GROUP: '/aws/cloudtrail/calls' }),
    ).toContain('CAIRN_TRAIL_LOG_GROUP and CAIRN_TRAIL_LAKE are both set');
  });

  it('knows a test by its runner', () => {
    expect(read({ VITEST: 'true' }).requireLoopback).toBe(true);
    expect(read({ CAIRN_REQUIRE_LOOPBACK: '1' }).requireLoopback).toBe(true);
  });
});
