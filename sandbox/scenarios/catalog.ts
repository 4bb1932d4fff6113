import { empty } from './empty';
import type { Scenario } from './scenario';
import { teamMonth } from './team-month/team-month';

/** Every scenario, by shape; the first is the default. */
export const SCENARIOS: readonly Scenario[] = [teamMonth, empty];

/** Throws a RangeError that names the known ones when there is no such scenario. */
export function findScenario(name: string): Scenario {
  const scenario = SCENARIOS.find((candidate) => candidate.name === name);
  if (!scenario) {
    throw new RangeError(`no scenario "${name}"; there are: ${SCENARIOS.map((known) => known.name).join(', ')}`);
  }
  return scenario;
}
