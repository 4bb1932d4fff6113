import { accessDenied } from './access-denied';
import { empty } from './empty';
import { failedAtNight } from './failed-at-night';
import { failureClasses } from './failure-classes';
import { fanOut } from './fan-out';
import { longChain } from './long-chain';
import { mlflowTroubles } from './mlflow-troubles';
import { runningBadly } from './running-badly';
import type { Scenario } from './scenario';
import { stillRunning } from './still-running';
import { strangeWords } from './strange-words/strange-words';
import { teamMonth } from './team-month/team-month';
import { tenThousandJobs } from './ten-thousand-jobs';
import { thousandSteps } from './thousand-steps';
import { twoThousandJobs } from './two-thousand-jobs';
import { year } from './year';

/** Every scenario, by shape; the first is the default. */
export const SCENARIOS: readonly Scenario[] = [
  teamMonth,
  empty,
  stillRunning,
  runningBadly,
  failedAtNight,
  failureClasses,
  accessDenied,
  strangeWords,
  fanOut,
  longChain,
  mlflowTroubles,
  thousandSteps,
  twoThousandJobs,
  tenThousandJobs,
  year,
];

/** Throws a RangeError that names the known ones when there is no such scenario. */
export function findScenario(name: string): Scenario {
  const scenario = SCENARIOS.find((candidate) => candidate.name === name);
  if (!scenario) {
    throw new RangeError(`no scenario "${name}"; there are: ${SCENARIOS.map((known) => known.name).join(', ')}`);
  }
  return scenario;
}
