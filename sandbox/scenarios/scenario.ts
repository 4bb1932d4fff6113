import type { FaultRule } from '../faults';
import type { Quota, World } from '../world/world';

/** A named shape of account. Filling is deterministic in the world's seed and in `now`. */
export interface Scenario {
  name: string;
  description: string;
  quota?: Partial<Quota>;
  /** Days after which log events are gone; for ever when absent. A number CloudWatch Logs accepts: 1, 3, 5, 7, 14, 30, … */
  logRetentionDays?: number;
  /** Faults in force from the start. */
  faults?: readonly FaultRule[];
  fill(world: World, now: number): void;
}
