import 'server-only';
import type { JobDetail } from '@/lib/contract/jobs';
import { jobStatusFacts } from '@/lib/jobs/status';
import type { Deployment } from '../deployment';

/** CloudTrail and the logs have told everything about the end of a job by then: events come within about 15 minutes (AWS docs). */
const SETTLED_MS = 20 * 60_000;

/** Whether a job has been over for so long that nothing more will be told about its end, by the clock of AWS. */
export function isSettled(d: Deployment, region: string, { jobStatus, endTime }: JobDetail): boolean {
  if (!endTime || !jobStatusFacts(jobStatus).final) return false;
  return d.awsNow(region).getTime() - Date.parse(endTime) > SETTLED_MS;
}
