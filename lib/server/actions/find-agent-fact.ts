import 'server-only';
import type { JobRequest } from '@/lib/actions/build-resume-request';
import type { AgentFact } from '@/lib/actions/check-agent';
import { toPlanSettings } from '@/lib/actions/to-plan-settings';
import { parseConfigDocument } from '@/lib/jobs/parse-config-document';
import type { Deployment } from '../deployment';

/** What is known of the agent a request names. What keeps it from an answer becomes `unknown`, never an error. */
export async function findAgentFact(_d: Deployment, _region: string, request: JobRequest): Promise<AgentFact> {
  const { agent } = toPlanSettings(parseConfigDocument(request.JobConfigDocument).parsed);
  if (agent === undefined) return { state: 'none' };
  return {
    state: 'unknown',
    why: 'this version does not ask AgentCore or Lambda.',
    hint: 'Look at it in the console.',
  };
}
