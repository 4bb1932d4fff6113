import type { Scenario } from './scenario';

/** An account nobody has used yet. */
export const empty: Scenario = {
  name: 'empty',
  description: 'An account without jobs, groups or packages.',
  fill(world) {
    world.region('us-west-2');
  },
};
