import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MAX_SAVED_VIEWS } from '@/lib/contract/saved-views';
import { createDeployment, type Deployment } from '@/lib/server/deployment';
import { readSettings } from '@/lib/server/env';
import { type RunningSandbox, startSandbox } from '@/sandbox/start-sandbox';
import { changeSavedViews, getSavedViews } from './saved-views';

const region = 'us-west-2';
const BOUND_HOST = Symbol.for('cairn.boundHost');
let sandbox: RunningSandbox;
let dataDir: string;
const open = (env: Record<string, string> = {}) =>
  createDeployment(
    readSettings({ VITEST: '1', AWS_REGION: region, AWS_ENDPOINT_URL: sandbox.url, CAIRN_DATA_DIR: dataDir, ...env }),
  );
let d: Deployment;

beforeAll(async () => {
  // Changes are allowed on the loopback address only, which the server of pages notes as it starts to listen.
  Object.assign(globalThis, { [BOUND_HOST]: '127.0.0.1' });
  process.env.AWS_ACCESS_KEY_ID = 'AKIDTEST';
  process.env.AWS_SECRET_ACCESS_KEY = 'not-a-key';
  dataDir = mkdtempSync(path.join(tmpdir(), 'cairn-views-'));
  sandbox = await startSandbox({ scenario: 'empty', speed: 0, seed: 3, now: '2026-11-22T08:00:00Z' });
  d = await open();
});

afterAll(async () => {
  Object.assign(globalThis, { [BOUND_HOST]: undefined });
  await d?.close();
  await sandbox?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it('keeps views by name, in their canonical words, with who saved them, over a restart', async () => {
  await changeSavedViews(d, region, { name: 'Old ones', search: 'order=asc&sort=creationTime&page=4' });
  await changeSavedViews(d, region, { name: 'Failed', search: 'status=failed' });
  await changeSavedViews(d, region, { name: 'Failed', search: 'columns=tokens&status=failed' });
  await d.close();
  d = await open();
  const { views } = await getSavedViews(d, region);
  expect(views.map(({ name, search }) => [name, search])).toEqual([
    ['Failed', 'status=failed&columns=name%2Ctokens'],
    ['Old ones', 'order=asc'],
  ]);
  expect(views[0]?.who).toMatch(/^arn:aws:/);
});

it('takes one away, and taking it away twice is no error', async () => {
  const { views } = await getSavedViews(d, region);
  const remove = views[0]?.id ?? 0;
  expect((await changeSavedViews(d, region, { remove })).views).toHaveLength(1);
  expect((await changeSavedViews(d, region, { remove })).views).toHaveLength(1);
});

it('says when there are too many, and still takes a name that is there', async () => {
  for (let i = 1; i < MAX_SAVED_VIEWS; i += 1) await changeSavedViews(d, region, { name: `View ${i}`, search: '' });
  await expect(changeSavedViews(d, region, { name: 'One more', search: '' })).rejects.toMatchObject({
    code: 'conflict',
  });
  const { views } = await changeSavedViews(d, region, { name: 'View 1', search: 'q=x' });
  expect(views).toHaveLength(MAX_SAVED_VIEWS);
});

it('changes nothing while Cairn is read-only', async () => {
  await d.close();
  d = await open({ CAIRN_READ_ONLY: '1' });
  await expect(changeSavedViews(d, region, { name: 'Mine', search: '' })).rejects.toMatchObject({ code: 'read_only' });
  expect((await getSavedViews(d, region)).views).toHaveLength(MAX_SAVED_VIEWS);
});
