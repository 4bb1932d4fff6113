import { test as base, expect, type Page } from '@playwright/test';
import { Cairn, type CairnOptions } from './cairn';
import { watchConsole } from './watch-console';

interface TestFixtures {
  /** Console errors a test expects (a failed request the page reports itself); all others fail it. */
  expectedComplaints: RegExp[];
  /** A second person: a browser context that shares nothing with the first. */
  newVisitor: () => Promise<Page>;
}

interface WorkerFixtures extends CairnOptions {
  cairn: Cairn;
}

/** A test with a Cairn of its worker and a `page` that points at it and forgives no error in the console. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  world: ['shared', { option: true, scope: 'worker' }],
  scenario: ['team-month', { option: true, scope: 'worker' }],
  speed: [0, { option: true, scope: 'worker' }],
  now: ['2026-11-20T09:00:00Z', { option: true, scope: 'worker' }],
  env: [{}, { option: true, scope: 'worker' }],
  before: [{}, { option: true, scope: 'worker' }],
  cairn: [
    async ({ scenario, speed, now, env, before }, use) => {
      const cairn = await Cairn.start({ scenario, speed, now, env, before });
      await use(cairn);
      await cairn.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  expectedComplaints: [[], { option: true }],
  baseURL: async ({ cairn }, use) => use(cairn.url),
  context: async ({ context, expectedComplaints }, use) => {
    const complaints = await watchConsole(context);
    await use(context);
    expect(unexpected(complaints, expectedComplaints), 'errors in the console').toEqual([]);
  },
  newVisitor: async ({ browser, baseURL, expectedComplaints }, use) => {
    const visits: { close: () => Promise<void>; complaints: string[] }[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL });
      visits.push({ close: () => context.close(), complaints: await watchConsole(context) });
      return context.newPage();
    });
    for (const { close, complaints } of visits) {
      await close();
      expect(unexpected(complaints, expectedComplaints), 'errors in the console').toEqual([]);
    }
  },
});

function unexpected(complaints: string[], expected: RegExp[]): string[] {
  return complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)));
}

export { expect };
