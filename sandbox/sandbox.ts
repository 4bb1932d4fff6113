import { CallCounts } from './call-counts';
import { CallRate } from './call-rate';
import { type ReadWallClock, VirtualClock } from './clock';
import { Faults } from './faults';
import { rngFor } from './rng';
import { findScenario } from './scenarios/catalog';
import type { Scenario } from './scenarios/scenario';
import type { LakeQuery } from './services/cloudtrail/lake/lake-query';
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
  /** Calls of LookupEvents, whose two a second hold in real time whatever the clock's speed. */
  readonly lookups: CallRate;
  /** Queries of event data stores, by id. */
  readonly lakeQueries = new Map<string, LakeQuery>();
  scenario: Scenario;
  seed: number;
  clock: VirtualClock;
  world: World;
  quota: Quota;
  private requests = 0;
  /** Where time was told to start, if it was; a reset goes back there. */
  private startMs: number | undefined;

  constructor(
    options: SandboxOptions = {},
    private readonly readWallClock: ReadWallClock = Date.now,
  ) {
    this.seed = options.seed ?? 1;
    this.scenario = findScenario(options.scenario ?? 'team-month');
    this.faults = new Faults(this.seed);
    this.lookups = new CallRate(readWallClock);
    this.startMs = options.nowMs;
    this.clock = new VirtualClock(this.startMs ?? readWallClock(), options.speed ?? 1, readWallClock);
    this.world = new World(this.seed);
    this.quota = { ...DEFAULT_QUOTA };
    this.fill();
  }

  /** Starts over; what is not named stays as it was. Time starts again where it was told to, or at the wall clock's now. */
  reset(options: SandboxOptions & { quota?: Partial<Quota> } = {}): void {
    // What can be refused comes first: a reset that is refused changes nothing.
    const scenario = options.scenario === undefined ? this.scenario : findScenario(options.scenario);
    const startMs = options.nowMs ?? this.startMs;
    const speed = options.speed ?? this.clock.speed;
    this.clock = new VirtualClock(startMs ?? this.readWallClock(), speed, this.readWallClock);
    this.startMs = startMs;
    this.scenario = scenario;
    this.seed = options.seed ?? this.seed;
    this.world = new World(this.seed);
    this.calls.reset();
    this.lakeQueries.clear();
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
