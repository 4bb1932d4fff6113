import type { FaultRule } from '../faults';
import type { Quota, World } from '../world/world';

/** A named shape of account. Filling is deterministic in the world's seed and in `now`. */
export interface Scenario {
  name: string;
  description: string;
  quota?: Partial<Quota>;
  /** Faults in force from the start. */
  faults?: readonly FaultRule[];
  fill(world: World, now: number): void;
}
