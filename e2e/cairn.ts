import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Health } from '../lib/contract/health';
import { apiPaths } from '../lib/contract/paths';
import {
  type ControlClient,
  createControlClient,
  type FaultRule,
  type SeedJobRequest,
} from '../sandbox/control-client';
import { type Launched, launchDashboard, launchSandbox } from '../scripts/lib/launch.mjs';
import { assertSandbox } from './assert-sandbox';

export const REGION = 'us-west-2';

export interface CairnOptions {
  /** Files that move the clock or change jobs name a world of their own; files that only look share one. */
  world: string;
  scenario: string;
  /** Virtual seconds per second; 0: time moves only when a test advances it. */
  speed: number;
  /** Where virtual time starts: with it the names and steps of an account are always the same. */
  now: string;
  /** Settings of the dashboard beyond those of scripts/lib/clean-env.mjs; an empty text takes one away. */
  env: Record<string, string>;
  /**
   * What is done to the account before the dashboard makes its first call: `jobs` of the past besides those of the
   * scenario, `faults` that strike from then on. (One object: Playwright takes a list for something else.)
   */
  before: { jobs?: SeedJobRequest[]; faults?: FaultRule[] };
}

/** A sandbox, a built dashboard in front of it, and a catalog of their own: what one worker tests against. */
export class Cairn {
  private constructor(
    readonly sandboxUrl: string,
    readonly control: ControlClient,
    private readonly sandbox: Launched,
    private dashboard: Launched,
    private readonly folder: string,
    private readonly env: Record<string, string>,
  ) {}

  /** Starts both. Ports are any free ones. */
  static async start({ scenario, speed, now, env, before }: Omit<CairnOptions, 'world'>): Promise<Cairn> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'cairn-e2e-'));
    const sandbox = await launchSandbox({ scenario, speed, args: ['--now', now] });
    assertSandbox(sandbox.url);
    const control = createControlClient(sandbox.url);
    for (const job of before.jobs ?? []) await control.seedJob(job);
    if (before.faults) await control.setFaults(before.faults);
    const dashboard = await launchDashboard({ endpointUrl: sandbox.url, dataDir: path.join(folder, 'data'), env });
    return new Cairn(sandbox.url, control, sandbox, dashboard, folder, env);
  }

  /** `http://127.0.0.1:<port>` of the dashboard. The port stays the same over `restart`. */
  get url(): string {
    return this.dashboard.url;
  }

  /** What the dashboard wrote to its log. */
  log(): string {
    return this.dashboard.output.text();
  }

  /** Ends the dashboard (`kill`: as kill -9 does) and starts it again on the same port and data. */
  async restart(how: 'stop' | 'kill' = 'stop'): Promise<void> {
    const port = Number(new URL(this.url).port);
    await this.dashboard[how]();
    const dataDir = path.join(this.folder, 'data');
    this.dashboard = await launchDashboard({ endpointUrl: this.sandboxUrl, port, dataDir, env: this.env });
  }

  /** Asks the dashboard's API; throws on any answer that is not a success. */
  async api<T>(pathname: string): Promise<T> {
    const response = await fetch(new URL(pathname, this.url));
    if (!response.ok) throw new Error(`${pathname}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Waits until the first fill is over in both regions; throws with the state of the sync when it takes longer. */
  async waitForFill(limitMs = 180_000): Promise<Health> {
    const deadline = Date.now() + limitMs;
    for (;;) {
      const response = await fetch(new URL(apiPaths.health(), this.url));
      const health = (await response.json()) as Health;
      const { regions } = health.sync;
      if (regions.length > 0 && regions.every(({ phase }) => phase === 'live')) return health;
      if (Date.now() > deadline)
        throw new Error(`not filled in ${limitMs} ms: ${JSON.stringify(health, undefined, 2)}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async close(): Promise<void> {
    await this.dashboard.stop();
    await this.sandbox.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
