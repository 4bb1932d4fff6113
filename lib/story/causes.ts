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
    id: 'token-expired',
    matches:
      /ExpiredToken|token (?:has |is )?expired|sagemaker-api-key.{0,80}(?:expired|invalid)|UnrecognizedClientException/i,
    title: 'The agent’s credentials ran out',
    meaning:
      'A session or bearer token of the agent ended while the job ran. Bearer tokens for the job runtime live twelve hours at most, whatever the job takes (AWS docs).',
    todo: ['Let the agent make a new token for each rollout, or sign its calls with its role.', AGAIN],
  },
  {
    id: 'session-ended',
    matches:
      /(?:idle ?(?:runtime)? ?session|session).{0,40}(?:timed? ?out|max(?:imum)? ?lifetime|has (?:ended|expired)|terminated)/i,
    title: 'AgentCore ended the agent’s session',
    meaning:
      'A session ends after its idle time (900 s unless set) or its longest life (8 h unless set; API model), and the rollout in it fails.',
    todo: ['Raise idleRuntimeSessionTimeout or maxLifetime of the runtime above what a rollout takes.', AGAIN],
  },
  {
    id: 'rollout-gone',
    matches:
      /ResourceNotFoundException.{0,200}(?:trajectory|rollout|job)|(?:trajectory|rollout) .{0,40}(?:does not exist|is not active|already (?:complete|ended))/i,
    title: 'The agent called for a rollout that was over',
    meaning:
      'The job runtime does not know the rollout any more: it ran past rollout_timeout and was given up, or the agent uses the wrong id or job ARN.',
    todo: [
      'Compare how long a rollout takes with rollout_timeout (600 s unless set).',
      'Use the job ARN and rollout id that came with each request, never stored ones.',
      AGAIN,
    ],
  },
  {
    id: 'reward-conflict',
    matches: /ConflictException.{0,200}|(?:reward|rollout) .{0,40}already (?:set|reported|completed)/i,
    title: 'The agent reported a rollout twice',
    meaning:
      'CompleteRollout or UpdateReward came again for a rollout that was done already, often from a retry without a client token.',
    todo: ['Send the same ClientToken with a retry, and take a conflict as done.', AGAIN],
  },
  {
    id: 'throttled',
    matches:
      /ThrottlingException|TooManyRequestsException|rate exceeded|too many requests|\b429\b.{0,40}(?:error|status|rate)/i,
    title: 'Calls were throttled',
    meaning: 'Calls came faster than a service behind the job or the agent allows, and rollouts waited or failed.',
    todo: [
      'See which service in the line shown, and raise its concurrency or rate.',
      'Or run a job with a lower rollout_max_concurrency.',
      AGAIN,
    ],
  },
  {
    id: 'agent-memory',
    matches: /Runtime exited with error: signal: killed|OutOfMemory|\bMemoryError\b|Cannot allocate memory|OOMKilled/i,
    title: 'The agent ran out of memory',
    meaning: 'The function or container was ended for taking more memory than it has.',
    todo: ['Give it more memory, or let it keep less of a rollout.', AGAIN],
  },
  {
    id: 'agent-start',
    matches:
      /Runtime\.(?:ImportModuleError|HandlerNotFound|UserCodeSyntaxError)|ModuleNotFoundError|No module named|INIT_REPORT.{0,120}Status: (?:error|timeout)/i,
    title: 'The agent could not start',
    meaning: 'Its code or a package of it is missing or broken, so that no rollout ever ran.',
    todo: ['Mend the package and deploy it before the next job; test it by invoking it once.', AGAIN],
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
    id: 'role-trust',
    matches: /(?:AccessDenied|not authorized).{0,200}sts:(?:AssumeRole|TagSession)|could not assume|unable to assume/i,
    title: 'The execution role could not be taken',
    meaning: 'The job’s role does not trust the service, or may not be tagged by it.',
    todo: ['Let the role trust job.sagemaker.amazonaws.com for sts:AssumeRole and sts:TagSession (AWS docs).', AGAIN],
  },
  {
    id: 'key',
    matches:
      /KMS\.?(?:AccessDenied|Disabled|NotFound)|kms:(?:Decrypt|GenerateDataKey|CreateGrant)|key .{0,60}is (?:disabled|pending deletion)/i,
    title: 'An encryption key could not be used',
    meaning: 'A customer key is disabled, deleted, or does not allow the role.',
    todo: ['Enable the key and allow the role in its policy.', AGAIN],
  },
  {
    id: 'mlflow',
    matches: /mlflow.{0,120}(?:error|failed|refused|denied|unreachable|timed? ?out)|(?:error|failed).{0,80}mlflow/i,
    title: 'MLflow could not be written to',
    meaning: 'The job writes metrics and rollouts to MLflow and could not.',
    todo: ['Check that the MLflow app or server runs and that the job’s role may write to it.', AGAIN],
  },
  {
    id: 'network',
    matches:
      /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ConnectTimeout|connection (?:refused|reset)|name resolution|no route to host|endpoint.{0,40}could not be reached/i,
    title: 'Something could not be reached',
    meaning:
      'A connection failed. In a VPC, each service that the job or the agent uses needs an endpoint or a way out.',
    todo: [
      'Check subnets, security groups and the VPC endpoints: S3, CloudWatch Logs, AgentCore, Lambda, MLflow (AWS docs).',
      'Check that what the line names is up.',
      AGAIN,
    ],
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
