import { agentOf } from '../world/agents';
import { lifeOf } from '../world/life';
import type { Ending, FailureStory } from '../world/types';
import { AccountBuilder, type JobWish } from './account-builder';
import type { Scenario } from './scenario';
import { HOUR, MINUTE } from './story';

interface FailureClass {
  name: string;
  reason: string;
  story: FailureStory;
  during?: 'Starting' | 'Training';
  wish?: Partial<JobWish>;
}

// The reasons say little on purpose, as the ones seen on real jobs do: the cause is in the traces.
const SIGNALED = 'The agent signaled that the trajectory failed';
const NO_SAMPLING = 'No sampling requests were received';

const CLASSES: readonly FailureClass[] = [
  { name: 'agent-redeployed', reason: SIGNALED, story: 'agent-redeployed' },
  { name: 'lambda-timeout', reason: NO_SAMPLING, story: 'lambda-timeout', wish: { agent: 'lambda' } },
  { name: 'access-denied-on-sample', reason: NO_SAMPLING, story: 'sample-denied' },
  { name: 'session-quota', reason: 'The agent could not be invoked', story: 'session-quota' },
  { name: 'tool-call-drift', reason: SIGNALED, story: 'tool-drift' },
  {
    name: 'capacity-wait',
    reason: 'The job could not be started',
    story: 'capacity-wait',
    during: 'Starting',
    wish: { pendingMs: 3 * HOUR },
  },
  { name: 'malformed-reward', reason: 'The training process ended early', story: 'reward-nan' },
];

/** One job for each way to fail, newest last; each left the traces it would leave. Nothing runs. */
export const failureClasses: Scenario = {
  name: 'failure-classes',
  description:
    'One failed job for each failure class, with its traces in every log, in CloudTrail, in a trail’s log group, in an event data store and in versions.',
  fill(world, now) {
    const b = new AccountBuilder(world, 'us-west-2', now);
    b.region.trailLogGroup = '/aws/cloudtrail/rollout-calls';
    b.region.eventDataStore = '0a1b2c3d-0000-4000-8000-000000000001';
    const shared = {
      hyperparameters: { global_batch_size: 32, group_size: 4, max_steps: 20, val_every: 10 },
      quirks: { promotes: true, packageEvidence: 'path' as const, twoLogStreams: false },
      tags: { team: 'reliability', owner: 'maya' },
    };
    const start = now - 16 * HOUR;
    for (const [i, { name, reason, story, during = 'Training', wish }] of CLASSES.entries()) {
      const ending: Ending = { kind: 'failed', during, afterStep: 11, reason, story };
      const job = b.train({
        ...shared,
        ...wish,
        name,
        project: name,
        groups: [`${name}-mpg`, `${name}-checkpoint-mpg`],
        createdAt: start + i * HOUR,
        ending,
      });
      const agent = agentOf(job);
      if (!agent) continue;
      if (story === 'agent-redeployed') {
        b.region.agentChanges.push({
          kind: agent.kind,
          id: agent.id,
          at: lifeOf(job).endTime - 80_000,
          by: 'deploy-bot',
        });
      }
      if (story === 'lambda-timeout') b.region.functionTimeouts.set(agent.id, 30);
    }
    b.train({
      ...shared,
      name: 'max-runtime',
      project: 'max-runtime',
      groups: ['max-runtime-mpg', 'max-runtime-checkpoint-mpg'],
      createdAt: start + CLASSES.length * HOUR,
      maxRuntimeSeconds: 30 * 60,
      ending: { kind: 'max-runtime', limitMs: 30 * MINUTE },
    });
  },
};
