import { failedAtNight } from './failed-at-night';
import type { Scenario } from './scenario';

/** An account whose credentials may do nothing. Only STS answers: GetCallerIdentity needs no permission (AWS docs). */
export const accessDenied: Scenario = {
  name: 'access-denied',
  description: 'Every SageMaker, Logs and MLflow call is refused; who you are is still told.',
  faults: [
    { operation: 'SageMaker.*', kind: 'access-denied' },
    { operation: 'Logs.*', kind: 'access-denied' },
    { operation: 'MLflow.*', kind: 'access-denied' },
  ],
  fill: failedAtNight.fill,
};
