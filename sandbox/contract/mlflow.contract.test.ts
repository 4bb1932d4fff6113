import {
  CreatePresignedMlflowAppUrlCommand,
  CreatePresignedMlflowTrackingServerUrlCommand,
  DescribeMlflowAppCommand,
  DescribeMlflowTrackingServerCommand,
  ListMlflowAppsCommand,
  ListMlflowTrackingServersCommand,
} from '@aws-sdk/client-sagemaker';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RunningSandbox } from '../start-sandbox';
import type { Clients } from './clients';
import { cookieMlflowClient, listIn, type MlflowClient, objectIn, signedMlflowClient } from './mlflow-client';
import { APP_ARN as ARN, type Metric, type MlflowFixture, SERVER_ARN, startMlflowFixture } from './mlflow-fixture';

interface Run {
  info: { run_id: string; status: string };
  data: {
    metrics: Metric[];
    params: Array<{ key: string; value: string }>;
    tags: Array<{ key: string; value: string }>;
  };
}

describe('MLflow', () => {
  let sandbox: RunningSandbox;
  let clients: Clients;
  let mlflow: MlflowClient;
  let detailsOf: MlflowFixture['detailsOf'];
  let historyOf: MlflowFixture['historyOf'];
  let close: MlflowFixture['close'];

  beforeAll(async () => {
    ({ sandbox, clients, mlflow, detailsOf, historyOf, close } = await startMlflowFixture());
  });
  afterAll(() => close());
  afterEach(() => sandbox.control.setFaults([]));

  describe('control plane', () => {
    it('lists and describes apps and tracking servers', async () => {
      const apps = await clients.sagemaker.send(new ListMlflowAppsCommand({}));
      expect(apps.Summaries?.map((app) => app.Arn)).toEqual([ARN]);
      expect(apps.Summaries?.[0]?.CreationTime).toBeInstanceOf(Date);
      const app = await clients.sagemaker.send(new DescribeMlflowAppCommand({ Arn: ARN }));
      expect(app.Status).toBe('Created');
      const servers = await clients.sagemaker.send(new ListMlflowTrackingServersCommand({ SortBy: 'Name' }));
      expect(servers.TrackingServerSummaries?.map((server) => server.TrackingServerArn)).toEqual([SERVER_ARN]);
      const server = await clients.sagemaker.send(
        new DescribeMlflowTrackingServerCommand({ TrackingServerName: 'research-tracking' }),
      );
      expect(server.TrackingServerUrl).toBe(sandbox.url);
      expect(server.IsActive).toBe('Active');
    });

    it('does not know others, and filters', async () => {
      await expect(clients.sagemaker.send(new DescribeMlflowAppCommand({ Arn: `${ARN}X` }))).rejects.toMatchObject({
        name: 'ResourceNotFound',
      });
      await expect(
        clients.sagemaker.send(new DescribeMlflowTrackingServerCommand({ TrackingServerName: 'none' })),
      ).rejects.toMatchObject({ name: 'ResourceNotFound' });
      const creating = await clients.sagemaker.send(new ListMlflowAppsCommand({ Status: 'Creating' }));
      expect(creating.Summaries).toEqual([]);
      await expect(
        clients.sagemaker.send(new CreatePresignedMlflowAppUrlCommand({ Arn: ARN, ExpiresInSeconds: 4 })),
      ).rejects.toMatchObject({ name: 'ValidationException' });
    });
  });

  describe('ways in', () => {
    it('a presigned URL works once and starts a cookie session', async () => {
      const { AuthorizedUrl = '' } = await clients.sagemaker.send(new CreatePresignedMlflowAppUrlCommand({ Arn: ARN }));
      expect(AuthorizedUrl).toMatch(new RegExp(`^${sandbox.url}/auth\\?authToken=[A-Za-z0-9]{64}$`));
      const first = await fetch(AuthorizedUrl, { redirect: 'manual' });
      expect(first.status).toBe(302);
      const cookie = first.headers.get('set-cookie') ?? '';
      expect(cookie).toContain('HttpOnly');
      const session = cookieMlflowClient(sandbox.url, cookie.split(';')[0] ?? '');
      expect((await session.get('/')).status).toBe(200);
      expect((await session.post('/ajax-api/2.0/mlflow/experiments/search', { max_results: 5 })).status).toBe(200);
      const again = await fetch(AuthorizedUrl, { redirect: 'manual' });
      expect(again.status).toBe(403);
    });

    it('URLs and sessions expire with the clock', async () => {
      const late = await clients.sagemaker.send(
        new CreatePresignedMlflowTrackingServerUrlCommand({
          TrackingServerName: 'research-tracking',
          ExpiresInSeconds: 60,
        }),
      );
      const soon = await clients.sagemaker.send(
        new CreatePresignedMlflowTrackingServerUrlCommand({
          TrackingServerName: 'research-tracking',
          SessionExpirationDurationInSeconds: 1_800,
        }),
      );
      const opened = await fetch(soon.AuthorizedUrl ?? '', { redirect: 'manual' });
      const session = cookieMlflowClient(sandbox.url, (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '');
      await sandbox.control.advance('61s');
      expect((await fetch(late.AuthorizedUrl ?? '', { redirect: 'manual' })).status).toBe(403);
      expect((await session.get('/version')).text).toBe('3.4.0');
      await sandbox.control.advance('30m');
      const refused = await session.get('/version');
      expect(refused.status).toBe(403);
      expect(refused.headers.get('content-type')).toBe('text/html');
      expect(refused.text).toContain('403 Forbidden');
    });

    it('without signature and cookie, with the wrong service or the wrong ARN: the front door stays shut', async () => {
      const path = '/api/2.0/mlflow/experiments/get';
      expect((await cookieMlflowClient(sandbox.url, 'a=b').get(path, { experiment_id: '0' })).status).toBe(403);
      const wrongService = signedMlflowClient(sandbox.url, ARN, 'sagemaker-mlflow');
      expect((await wrongService.get(path, { experiment_id: '0' })).status).toBe(403);
      const wrongArn = signedMlflowClient(sandbox.url, `${ARN}X`);
      expect((await wrongArn.get(path, { experiment_id: '0' })).status).toBe(403);
    });

    it('a tracking server has its own experiments', async () => {
      const server = signedMlflowClient(sandbox.url, SERVER_ARN);
      expect((await server.get('/health')).text).toBe('OK');
      const found = await server.post('/api/2.0/mlflow/experiments/search', {});
      expect(listIn<{ name: string }>(found, 'experiments').map((experiment) => experiment.name)).toEqual(['Default']);
      const { RunId } = await detailsOf('whole');
      const reply = await server.get('/api/2.0/mlflow/runs/get', { run_id: RunId });
      expect(reply.status).toBe(404);
      expect(reply.json).toEqual({ error_code: 'RESOURCE_DOES_NOT_EXIST', message: `Run with id=${RunId} not found` });
    });
  });

  describe('experiments and runs', () => {
    it('are the ones the job documents name', async () => {
      const details = await detailsOf('whole');
      const byName = await mlflow.get('/api/2.0/mlflow/experiments/get-by-name', {
        experiment_name: details.ExperimentName,
      });
      const experiment = objectIn<{ experiment_id: string; creation_time: number }>(byName, 'experiment');
      expect(experiment.experiment_id).toBe(details.ExperimentId);
      expect(Number.isInteger(experiment.creation_time)).toBe(true);
      const run = objectIn<Run>(await mlflow.get('/api/2.0/mlflow/runs/get', { run_id: details.RunId }), 'run');
      expect(run.info).toMatchObject({
        run_id: details.RunId,
        run_uuid: details.RunId,
        run_name: details.RunName,
        experiment_id: details.ExperimentId,
        status: 'FINISHED',
        lifecycle_stage: 'active',
      });
      expect(run.data.tags).toContainEqual({ key: 'mlflow.runName', value: details.RunName });
      expect(run.data.params).toContainEqual({ key: 'max_steps', value: '40' });
      const missing = await mlflow.get('/api/2.0/mlflow/experiments/get-by-name', { experiment_name: 'none' });
      expect(missing.json?.error_code).toBe('RESOURCE_DOES_NOT_EXIST');
    });

    it('show every documented metric, the last point each', async () => {
      const { RunId } = await detailsOf('whole');
      const run = objectIn<Run>(await mlflow.get('/api/2.0/mlflow/runs/get', { run_id: RunId }), 'run');
      const names = run.data.metrics.map((metric) => metric.key);
      expect(new Set(names).size).toBe(names.length);
      for (const group of [
        'training/',
        'timing_s/',
        'rollout/reward/',
        'rollout/advantage/',
        'analysis/',
        'val/reward/',
      ]) {
        expect(names.some((name) => name.startsWith(group))).toBe(true);
      }
      expect(names).toContain('timing_s/save_checkpoint');
      for (const key of ['rollout/reward/mean', 'val/reward/mean']) {
        const last = (await historyOf(RunId, key)).at(-1);
        expect(run.data.metrics).toContainEqual(last);
        expect(last?.step).toBe(40);
      }
    });

    it('are searched by name, tag, param and metric, and paged', async () => {
      const { ExperimentId, RunId } = await detailsOf('whole');
      const search = async (filter: string, more: object = {}) =>
        mlflow.post('/api/2.0/mlflow/runs/search', { experiment_ids: [ExperimentId], filter, ...more });
      const ids = async (filter: string) => listIn<Run>(await search(filter), 'runs').map((run) => run.info.run_id);
      expect(await ids("attributes.run_name = 'whole'")).toEqual([RunId]);
      expect(await ids("tags.mlflow.runName = 'whole' and params.max_steps = '40'")).toEqual([RunId]);
      expect(await ids('metrics."rollout/reward/mean" > 2')).toEqual([]);
      expect(await ids('metrics.`training/global_step` >= 40')).toContain(RunId);
      expect(await ids("attributes.run_name LIKE 'who%'")).toEqual([RunId]);
      const bad = await search('run_name == ');
      expect(bad.status).toBe(400);
      expect(bad.json?.error_code).toBe('INVALID_PARAMETER_VALUE');
      expect((await search("attributes.run_name = 'none'")).json).toEqual({});
    });

    it('a resumed job has a run of its own, by the same name, at the next step', async () => {
      const parent = await detailsOf('broken');
      const child = await detailsOf('broken-resume');
      expect(child.RunName).toBe(parent.RunName);
      expect(child.RunId).not.toBe(parent.RunId);
      expect((await historyOf(parent.RunId, 'rollout/reward/mean')).at(-1)?.step).toBe(12);
      expect((await historyOf(child.RunId, 'rollout/reward/mean'))[0]?.step).toBe(13);
      const first = await mlflow.post('/api/2.0/mlflow/runs/search', {
        experiment_ids: [parent.ExperimentId],
        filter: `attributes.run_name = '${parent.RunName}'`,
        max_results: 1,
      });
      expect(listIn<Run>(first, 'runs')[0]?.info.run_id).toBe(child.RunId);
      const next = await mlflow.post('/api/2.0/mlflow/runs/search', {
        experiment_ids: [parent.ExperimentId],
        filter: `attributes.run_name = '${parent.RunName}'`,
        max_results: 1,
        page_token: first.json?.next_page_token,
      });
      expect(listIn<Run>(next, 'runs')[0]?.info.status).toBe('FAILED');
      expect(next.json?.next_page_token).toBeUndefined();
    });

    it('an evaluation logs its scores once', async () => {
      const { RunId, RunName } = await detailsOf('scored', 'AgentRFTEvaluation');
      expect(RunName).toBe('fine-tuned-model-eval');
      for (const key of ['eval/reward/mean', 'eval/reward/pass_at_4', 'eval/reward/pass_power_2', 'timing_s/eval']) {
        expect(await historyOf(RunId, key)).toHaveLength(1);
      }
    });

    it('list artifacts by folder', async () => {
      const { RunId } = await detailsOf('whole');
      const root = await mlflow.get('/api/2.0/mlflow/artifacts/list', { run_id: RunId });
      expect(root.json?.files).toContainEqual({ path: 'config', is_dir: true });
      const inside = await mlflow.get('/api/2.0/mlflow/artifacts/list', { run_id: RunId, path: 'config' });
      expect(inside.json?.files).toMatchObject([{ path: 'config/job-config.json', is_dir: false }]);
    });
  });

  describe('metric histories', () => {
    it('are whole without pages and the same in pages', async () => {
      const { RunId } = await detailsOf('whole');
      const all = await historyOf(RunId, 'rollout/reward/mean');
      expect([...new Set(all.map((point) => point.step))]).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
      const times = all.map((point) => point.timestamp);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      const paged: Metric[] = [];
      let token: string | undefined;
      do {
        const reply = await mlflow.get('/api/2.0/mlflow/metrics/get-history', {
          run_id: RunId,
          metric_key: 'rollout/reward/mean',
          max_results: '7',
          ...(token !== undefined && { page_token: token }),
        });
        paged.push(...listIn<Metric>(reply, 'metrics'));
        token = reply.json?.next_page_token as string | undefined;
      } while (token !== undefined);
      expect(paged).toEqual(all);
      const unknown = await mlflow.get('/api/2.0/mlflow/metrics/get-history', { run_id: RunId, metric_key: 'nope' });
      expect(unknown.json).toEqual({});
    });

    it('grow with time and keep what they had', async () => {
      const { RunId } = await detailsOf('live');
      const before = await historyOf(RunId, 'rollout/reward/mean');
      await sandbox.control.advance('20m');
      const after = await historyOf(RunId, 'rollout/reward/mean');
      expect(after.length).toBeGreaterThan(before.length);
      expect(after.slice(0, before.length)).toEqual(before);
    });

    it('of many runs at once, and thinned with both ends kept', async () => {
      const [a, b] = [(await detailsOf('whole')).RunId, (await detailsOf('broken')).RunId];
      const bulk = await mlflow.get('/ajax-api/2.0/mlflow/metrics/get-history-bulk', {
        run_id: [a, b],
        metric_key: 'rollout/reward/mean',
      });
      const points = listIn<Metric>(bulk, 'metrics');
      expect(new Set(points.map((point) => point.run_id))).toEqual(new Set([a, b]));
      expect(points.filter((point) => point.run_id === a).map(({ run_id: _, ...point }) => point)).toEqual(
        await historyOf(a, 'rollout/reward/mean'),
      );
      const thin = await mlflow.get('/api/2.0/mlflow/metrics/get-history-bulk-interval', {
        run_ids: [a],
        metric_key: 'rollout/reward/mean',
        max_results: '5',
      });
      const steps = [...new Set(listIn<Metric>(thin, 'metrics').map((point) => point.step))];
      expect(steps).toHaveLength(5);
      expect([steps[0], steps.at(-1)]).toEqual([1, 40]);
      const part = await mlflow.get('/api/2.0/mlflow/metrics/get-history-bulk-interval', {
        run_ids: [a],
        metric_key: 'rollout/reward/mean',
        start_step: '10',
        end_step: '12',
      });
      expect([...new Set(listIn<Metric>(part, 'metrics').map((point) => point.step))]).toEqual([10, 11, 12]);
      const half = await mlflow.get('/api/2.0/mlflow/metrics/get-history-bulk-interval', {
        run_ids: [a],
        metric_key: 'rollout/reward/mean',
        start_step: '10',
      });
      expect(half.json?.error_code).toBe('INVALID_PARAMETER_VALUE');
    });
  });

  it('answers faults in its own words and an unknown endpoint with 404', async () => {
    await sandbox.control.setFaults([{ operation: 'MLflow.GetExperiment', kind: 'throttle', times: 1 }]);
    const path = '/api/2.0/mlflow/experiments/get';
    const throttled = await mlflow.get(path, { experiment_id: '0' });
    expect([throttled.status, throttled.json?.error_code]).toEqual([429, 'REQUEST_LIMIT_EXCEEDED']);
    await sandbox.control.setFaults([{ operation: 'GetExperiment', kind: 'access-denied', times: 1 }]);
    expect((await mlflow.get(path, { experiment_id: '0' })).status).toBe(403);
    await sandbox.control.setFaults([]);
    expect((await mlflow.get(path, { experiment_id: '0' })).status).toBe(200);
    expect((await mlflow.get('/api/2.0/mlflow/registered-models/list')).status).toBe(404);
  });
});
