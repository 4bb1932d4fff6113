/** Why a job failed, in words: what the reason usually means and what to do. Pure; read by the failure panel. */

export interface FailureAdvice {
  id: string;
  /** A heading of a few words. */
  title: string;
  /** What it usually means, one or two sentences. */
  meaning: string;
  /** What to do, first things first. */
  todo: string[];
  /**
   * Whether going on from a checkpoint can help: `again` as it is, `after` the cause is mended, `no` because the same
   * request would fail the same way.
   */
  resume: 'again' | 'after' | 'no';
  /** `seen`: this text was met on real jobs. `reading`: Cairn's reading of its words; AWS publishes no list of reasons. */
  basis: 'seen' | 'reading';
}

interface Rule extends FailureAdvice {
  matches: RegExp;
}

const CHECK_AGENT_LOG =
  'Read the agent’s own log (AgentCore runtime or Lambda) at the time of the failure: the job log tells only what came back.';

/** First match wins: what was seen on real jobs stands first, then the narrow words, then the wide ones. */
const RULES: Rule[] = [
  {
    id: 'no-sampling',
    matches: /no sampling requests? (?:were|was) received/i,
    title: 'The agent never asked the model for anything',
    meaning:
      'Rollouts were started, but no sampling request arrived from the agent. It usually crashed at its start, points at another endpoint, or may not call the job’s runtime.',
    todo: [
      CHECK_AGENT_LOG,
      'Check that the agent’s role may call Sample on the job and that it uses the job ARN and trajectory id it was given.',
      'Check that the agent runtime or function is in the job’s region and reachable from the job’s network.',
    ],
    resume: 'after',
    basis: 'seen',
  },
  {
    id: 'trajectory-failed',
    matches: /agent signal(?:l)?ed that the trajectory failed/i,
    title: 'The agent reported a failed rollout',
    meaning:
      'The agent ended a rollout with status “failed”. One rollout that keeps failing can end the whole job, so look for a tool that was down first, and for a single bad prompt next.',
    todo: [
      CHECK_AGENT_LOG,
      'Find the prompt of that rollout in the dataset and try it against the agent by hand.',
      'Let the agent finish with a low reward instead of “failed” where the task, not the agent, went wrong.',
    ],
    resume: 'after',
    basis: 'seen',
  },
  {
    id: 'rollout-timeout',
    matches: /rollout.{0,60}(?:tim(?:ed|e) ?out|deadline)|(?:tim(?:ed|e) ?out|deadline).{0,60}(?:rollout|trajector)/i,
    title: 'Rollouts took too long',
    meaning: 'Rollouts did not finish within rollout_timeout, often because a tool behind the agent became slow.',
    todo: [
      CHECK_AGENT_LOG,
      'Measure how long one rollout takes now; if the tool is slow for good, a new job needs a longer rollout_timeout.',
    ],
    resume: 'after',
    basis: 'reading',
  },
  {
    id: 'max-runtime',
    matches:
      /max(?:imum)?[\s_-]*(?:run ?time|runtime|wait ?time).{0,40}(?:exceed|reach)|exceed.{0,40}max(?:imum)?[\s_-]*run ?time/i,
    title: 'The job ran into its time limit',
    meaning: 'The job reached the longest time it may run. What it trained up to its last checkpoint is kept.',
    todo: ['Resume from the last checkpoint; the clock starts anew.'],
    resume: 'again',
    basis: 'reading',
  },
  {
    id: 'quota',
    matches:
      /resource ?limit ?exceeded|service quota|account.level service limit|limit .{0,60}exceeded|exceed.{0,40}quota/i,
    title: 'A quota was reached',
    meaning:
      'The account may not run more of this at once. By default one training job and one evaluation job run at a time in a region (AWS docs).',
    todo: ['Wait for the running job to end, or stop it.', 'Ask for more in Service Quotas if this happens often.'],
    resume: 'again',
    basis: 'reading',
  },
  {
    id: 'throttled',
    matches: /throttl|rate exceeded|too many requests/i,
    title: 'Calls were throttled',
    meaning: 'A service behind the job refused calls because they came too fast.',
    todo: [
      'See which service throttled in the log.',
      'Raise its concurrency (Lambda, AgentCore, a model behind a tool), or run a job with a lower rollout_max_concurrency.',
    ],
    resume: 'after',
    basis: 'reading',
  },
  {
    id: 'capacity',
    matches: /insufficient.{0,20}capacity|capacity.{0,20}(?:error|unavailable|not available|insufficient)|no capacity/i,
    title: 'AWS had no capacity',
    meaning: 'The service could not get the machines for this job. Nothing in the request is wrong.',
    todo: ['Try again later, best outside the busy hours of the region.'],
    resume: 'again',
    basis: 'reading',
  },
  {
    id: 'access',
    matches: /access ?denied|not authorized|unauthori[sz]ed|forbidden|assume ?role|missing permission|permission/i,
    title: 'A permission was missing',
    meaning: 'The job’s role, or the agent’s, was refused something it needs.',
    todo: [
      'The reason or the log names the action and the resource: allow it in the role’s policy.',
      'The job’s role must trust job.sagemaker.amazonaws.com for sts:AssumeRole and sts:TagSession (AWS docs).',
      'With customer keys, the key’s policy must allow the role too.',
    ],
    resume: 'after',
    basis: 'reading',
  },
  {
    id: 'encryption',
    matches: /\bkms\b|key is disabled|encryption key/i,
    title: 'An encryption key could not be used',
    meaning: 'A customer key is disabled, deleted, or does not allow the job’s role.',
    todo: ['Enable the key and allow the role in its policy.'],
    resume: 'after',
    basis: 'reading',
  },
  {
    id: 'data',
    matches:
      /no such (?:key|bucket)|nosuchkey|nosuchbucket|s3.{0,60}(?:not (?:be )?found|does not exist|no objects)|dataset|data ?set|prompt column|parquet|jsonl/i,
    title: 'The data could not be read',
    meaning: 'The dataset is not where the job looks for it, or has a form the job cannot read.',
    todo: [
      'Check that the S3 location holds parquet, jsonl, json or csv with a prompt column.',
      'Resume needs the same dataset as before: put the old one back, or start a new job.',
    ],
    resume: 'after',
    basis: 'reading',
  },
  {
    id: 'mlflow',
    matches: /mlflow/i,
    title: 'MLflow could not be reached',
    meaning: 'The job writes metrics and rollouts to MLflow and could not.',
    todo: ['Check that the MLflow app or server runs and that the job’s role may write to it.'],
    resume: 'after',
    basis: 'reading',
  },
  {
    id: 'network',
    matches: /subnet|security group|\beni\b|vpc|connection (?:refused|reset)|dns|could not connect|unreachable/i,
    title: 'Something could not be reached',
    meaning: 'A connection failed: the agent, or a service behind the job’s network.',
    todo: [
      'Check the subnets and security groups of the job, and the VPC endpoints it needs (S3, CloudWatch Logs, AgentCore, Lambda, MLflow).',
      'Check that the agent is up.',
    ],
    resume: 'after',
    basis: 'reading',
  },
  {
    id: 'lambda',
    matches: /lambda|function error/i,
    title: 'The agent’s Lambda function failed',
    meaning: 'The function that forwards rollouts to the agent ended with an error or ran out of time or memory.',
    todo: ['Read the function’s log at the time of the failure.', 'Check its timeout, memory and concurrency.'],
    resume: 'after',
    basis: 'reading',
  },
  {
    id: 'agent-runtime',
    matches: /agent ?core|agent ?runtime|bedrock-agentcore/i,
    title: 'The AgentCore runtime failed',
    meaning: 'The runtime that hosts the agent refused or ended a call.',
    todo: [CHECK_AGENT_LOG, 'Check that the runtime endpoint is ready and that its version is the one you mean.'],
    resume: 'after',
    basis: 'reading',
  },
  {
    id: 'memory',
    matches: /out of memory|\boom\b|memory error|cuda/i,
    title: 'The job ran out of memory',
    meaning: 'Rollouts or batches were larger than the service could hold.',
    todo: ['Start a new job with a smaller batch, fewer tokens for each turn, or a lower LoRA rank.'],
    resume: 'no',
    basis: 'reading',
  },
  {
    id: 'invalid',
    matches: /validation ?(?:error|exception)|invalid|unsupported|must be|schema/i,
    title: 'The request was not accepted',
    meaning: 'A value in the job’s configuration is not one the service takes.',
    todo: ['Find the field in the Config tab and start a new job with another value.'],
    resume: 'no',
    basis: 'reading',
  },
  {
    id: 'timeout',
    matches: /tim(?:ed|e) ?out|deadline/i,
    title: 'Something took too long',
    meaning: 'A step of the job did not finish in its time. The log around the end shows which.',
    todo: ['Look at the last lines of the log.', CHECK_AGENT_LOG],
    resume: 'after',
    basis: 'reading',
  },
  {
    id: 'internal',
    matches: /internal ?(?:server ?)?(?:error|failure)|service ?(?:error|unavailable)|unexpected error/i,
    title: 'An error inside the service',
    meaning: 'AWS reports a fault of its own. Your request is probably not the cause.',
    todo: ['Resume from the last checkpoint.', 'If it happens again, give AWS Support the job ARN and the time.'],
    resume: 'again',
    basis: 'reading',
  },
];

/** What is known about a failure reason; undefined for one that no rule reads, which is then shown as it came. */
export function explainFailure(reason: string | undefined): FailureAdvice | undefined {
  if (!reason) return undefined;
  const rule = RULES.find(({ matches }) => matches.test(reason));
  if (!rule) return undefined;
  const { matches: _matches, ...advice } = rule;
  return advice;
}
