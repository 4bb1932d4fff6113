/** A cause that leaves words behind. `matches` is tried on single lines of the logs and on the failure reason. */
export interface KnownCause {
  id: string;
  matches?: RegExp;
  title: string;
  meaning: string;
  todo: string[];
}

const AGAIN = 'Then resume from the last resumable checkpoint.';

/**
 * What fails jobs, most telling first. Words of AWS errors are documented; those of agents and of the trainer are Cairn's
 * reading of what frameworks commonly say, since nobody publishes a list.
 */
export const KNOWN_CAUSES: readonly KnownCause[] = [
  {
    id: 'agent-redeployed',
    title: 'The agent was redeployed while the job ran',
    meaning:
      'A new version of the agent took over in the middle of rollouts. Sessions of the old version ended, and their rollouts failed.',
    todo: ['Do not deploy to an endpoint that a job uses: give the job an endpoint of its own.', AGAIN],
  },
  {
    id: 'sample-denied',
    matches:
      /(?:access ?denied|not authorized).{0,200}(?:sagemaker:(?:Sample|CompleteRollout|UpdateReward|CallWithBearerToken))/i,
    title: 'The agent may not call Sample on the job',
    meaning: 'The agent’s role is refused by the job runtime, so no rollout ever reached the model.',
    todo: [
      'Give the agent’s role AmazonSageMakerJobRuntimeAccess, or the action named in the error on the job’s ARN.',
      AGAIN,
    ],
  },
  {
    id: 'lambda-timeout',
    matches: /task timed out after [\d.]+ seconds/i,
    title: 'The Lambda function timed out',
    meaning: 'Lambda ended the function before it had answered: its timeout is shorter than what a rollout needs.',
    todo: [
      'Raise the function’s timeout (forwarders of the SageMaker SDK have 900 s), or answer before the agent is done.',
      AGAIN,
    ],
  },
  {
    id: 'malformed-reward',
    matches:
      /update ?reward.{0,80}\bnan\b|\breward\b.{0,60}\b(?:is|returned|are) (?:nan|not a number|none|null|inf)|advantages contain nan/i,
    title: 'A reward was malformed',
    meaning:
      'The reward function gave something that is no number, and the optimizer step could not be computed with it.',
    todo: ['Make the reward function return a finite number for every rollout, also when parsing fails.', AGAIN],
  },
  {
    id: 'quota',
    matches:
      /ServiceQuotaExceeded|ResourceLimitExceeded|limit of (?:active|concurrent).{0,60}reached|LimitExceededException/i,
    title: 'A quota was reached',
    meaning: 'The account may not have more of this at once, so rollouts could not be started.',
    todo: [
      'Ask for a higher quota in Service Quotas, or run a job with a lower rollout_max_concurrency.',
      'See what else of the account uses the quota at that time.',
    ],
  },
  {
    id: 'capacity',
    matches: /no capacity|insufficient.{0,20}capacity|waiting for capacity/i,
    title: 'AWS had no capacity',
    meaning: 'The job waited for machines and did not get them. Nothing in the request is wrong.',
    todo: ['Start it again later, best outside the busy hours of the region.'],
  },
  {
    id: 'tool-drift',
    matches:
      /unexpected keyword argument|unknown tool|no such tool|tool .{0,60}(?:not found|does not exist)|missing \d+ required (?:positional|keyword)|tool call rejected|invalid tool (?:call|arguments)/i,
    title: 'The model’s tool calls no longer fit the tools',
    meaning:
      'The policy has drifted to calls that the agent’s tools refuse, or the tools changed. The agent gave up instead of giving a low reward.',
    todo: [
      'Let the agent answer a wrong call with an error message for the model and a low reward, not with “failed”.',
      'Compare the tool schema in the prompt with the code of the tool.',
      AGAIN,
    ],
  },
  {
    id: 'max-runtime',
    title: 'The job reached its longest run time',
    meaning: 'The service ended it at the limit. What was trained up to its last checkpoint is kept.',
    todo: ['Resume from the last resumable checkpoint; the clock starts anew.'],
  },
  {
    id: 'tool-down',
    matches: /connection pool exhausted|answered 50[234]|upstream .{0,60}(?:unavailable|timed? ?out)/i,
    title: 'Something behind the agent was down or overloaded',
    meaning: 'The agent answered with errors because a tool or service it uses did not.',
    todo: ['Raise the limits of that service, or run a job with a lower rollout_max_concurrency.', AGAIN],
  },
  {
    id: 'agent-denied',
    matches: /AccessDenied.{0,200}(?:InvokeAgentRuntime|InvokeFunction)|may not perform bedrock-agentcore:/i,
    title: 'The job may not invoke the agent',
    meaning: 'The job’s execution role lacks the permission to call the runtime or the function.',
    todo: ['Allow the action named in the error in the execution role.', AGAIN],
  },
  {
    id: 'agent-misdirected',
    matches: /model endpoint in its environment|endpoint in MODEL_ENDPOINT|could not reach the model/i,
    title: 'The agent calls the wrong model endpoint',
    meaning: 'The agent must use the endpoint that comes with each rollout, not one of its own settings.',
    todo: ['Let the agent read the endpoint from the rollout request.', AGAIN],
  },
  {
    id: 'agent-error',
    matches: /\b(?:KeyError|TypeError|ValueError|AttributeError|IndexError|NullPointerException)\b/,
    title: 'The agent’s code failed',
    meaning: 'An exception in the agent or one of its tools ended rollouts.',
    todo: [
      'Mend the exception shown; catch it and give a low reward where the task, not the agent, is at fault.',
      AGAIN,
    ],
  },
  {
    id: 'data-missing',
    matches: /0 objects under the given prefix|NoSuchKey|NoSuchBucket/,
    title: 'The data is not where the job looks for it',
    meaning: 'The S3 prefix of a channel holds no object.',
    todo: ['Put the data back, or start a new job with the right location.'],
  },
];
