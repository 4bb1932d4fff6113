import { CallCounts } from './call-counts';
import { type ReadWallClock, VirtualClock } from './clock';
import { Faults } from './faults';
import { rngFor } from './rng';
import { findScenario } from './scenarios/catalog';
import type { Scenario } from './scenarios/scenario';
import { type Quota, World } from './world/world';

export interface SandboxOptions {
  scenario?: string;
  seed?: number;
  /** Virtual seconds per real second; 0 freezes time. */
  speed?: number;
  /** Where virtual time starts, epoch milliseconds; the wall clock's now when absent. */
  nowMs?: number;
}

/** AWS's default (AWS docs): one running job of each kind per account and region. */
export const DEFAULT_QUOTA: Quota = { training: 1, evaluation: 1 };

/** Everything one running sandbox holds. `reset` makes it as if newly started. */
export class Sandbox {
  readonly calls = new CallCounts();
  readonly faults: Faults;
  scenario: Scenario;
  seed: number;
  clock: VirtualClock;
  world: World;
  quota: Quota;
  private requests = 0;

  constructor(
    options: SandboxOptions = {},
    private readonly readWallClock: ReadWallClock = Date.now,
  ) {
    this.seed = options.seed ?? 1;
    this.scenario = findScenario(options.scenario ?? 'team-month');
    this.faults = new Faults(this.seed);
    this.clock = new VirtualClock(options.nowMs ?? readWallClock(), options.speed ?? 1, readWallClock);
    this.world = new World(this.seed);
    this.quota = { ...DEFAULT_QUOTA };
    this.fill();
  }

  /** Starts over; what is not named stays as it was. Time starts again at `nowMs` or the wall clock. */
  reset(options: SandboxOptions & { quota?: Partial<Quota> } = {}): void {
    this.seed = options.seed ?? this.seed;
    this.scenario = options.scenario === undefined ? this.scenario : findScenario(options.scenario);
    this.clock = new VirtualClock(
      options.nowMs ?? this.readWallClock(),
      options.speed ?? this.clock.speed,
      this.readWallClock,
    );
    this.world = new World(this.seed);
    this.calls.reset();
    this.requests = 0;
    this.faults.set([], this.seed);
    this.fill();
    this.quota = { ...this.quota, ...options.quota };
  }

  /** The next `x-amzn-requestid`; the n-th of a seed is always the same. */
  nextRequestId(): string {
    this.requests += 1;
    return rngFor('request', this.seed, this.requests).uuid();
  }

  private fill(): void {
    this.quota = { ...DEFAULT_QUOTA, ...this.scenario.quota };
    this.scenario.fill(this.world, this.clock.now());
    this.faults.set(this.scenario.faults ?? [], this.seed);
  }
}
