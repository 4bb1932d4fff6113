import type { Check } from '../contract/actions';

/** What is known of the agent a document names. */
export type AgentFact =
  | { state: 'none' }
  /** `status` as AWS said it: READY of an AgentCore runtime, Active of a Lambda function. */
  | { state: 'ready'; what: string; status: string }
  | { state: 'not-ready'; what: string; status: string; reason?: string }
  | { state: 'missing'; what: string }
  | { state: 'unknown'; why: string; hint?: string };

/** Whether the agent can play: a job whose agent is not there fails after minutes, and those are billed. */
export function checkAgent(agent: AgentFact): Check {
  const title = 'The agent is ready';
  switch (agent.state) {
    case 'none':
      return {
        id: 'agent',
        state: 'fail',
        title,
        detail: 'The document names no agent.',
        hint: 'Give the ARN of an AgentCore runtime or of a Lambda function.',
      };
    case 'ready':
      return { id: 'agent', state: 'pass', title, detail: `${agent.what}: ${agent.status}.` };
    case 'not-ready':
      return {
        id: 'agent',
        state: 'fail',
        title,
        detail: `${agent.what} is ${agent.status}.${agent.reason ? ` ${agent.reason}` : ''}`,
        hint: 'Wait until it is deployed, or name another version or endpoint.',
      };
    case 'missing':
      return {
        id: 'agent',
        state: 'fail',
        title,
        detail: `AWS has no ${agent.what}.`,
        hint: 'Check the ARN; it may have been deleted.',
      };
    case 'unknown':
      return {
        id: 'agent',
        state: 'unknown',
        title,
        detail: `It could not be checked: ${agent.why}`,
        hint: agent.hint,
      };
  }
}
