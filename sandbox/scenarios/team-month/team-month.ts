import type { Job } from '../../world/types';
import { AccountBuilder } from '../account-builder';
import type { Scenario } from '../scenario';
import { DAY, tellStory } from '../story';
import { codeRepair } from './code-repair';
import { firstTrial } from './first-trial';
import { invoiceTriage } from './invoice-triage';
import { secondRegion } from './second-region';
import { supportDesk } from './support-desk';
import { travelBooking } from './travel-booking';
import { wordle } from './wordle';

/** The demo: one company, one month, five agents, four base models. */
export const teamMonth: Scenario = {
  name: 'team-month',
  description: 'About 40 jobs of a few teams over a month: several lineages, one job running, one failed last night.',
  // The account asked for more: two jobs overlap, and a resume must fit beside the running job.
  quota: { training: 3, evaluation: 2 },
  // The oldest job is older than this: its log is gone.
  logRetentionDays: 30,
  fill(world, now) {
    const west = new AccountBuilder(world, 'us-west-2', now);
    for (const [group, description] of GROUP_NOTES) west.group(group, now - 30 * DAY, { description });
    // Packages nobody's job made, imported by hand: there is no evidence for them, and none may be made up.
    west.region.groups.get('support-desk-mtrl-mpg')?.addStray(now - 21 * DAY);
    west.region.groups.get('openai-reasoning-gpt-oss-20b-mtrl-mpg')?.addStray(now - 16 * DAY);
    west.region.groups.get('openai-reasoning-gpt-oss-20b-mtrl-mpg')?.addStray(now - 2 * DAY);
    const job = tellStory(west, [
      ...firstTrial(now),
      ...supportDesk(now),
      ...wordle(now),
      ...travelBooking(now),
      ...codeRepair(now),
      ...invoiceTriage(now),
    ]);
    approve(west, job('sd-best'), 90, now - 8 * DAY, 'Goes to production with the November release');
    approve(west, job('tb-third'), 90, now - 4 * DAY, 'Trial with ten per cent of the traffic');

    const east = new AccountBuilder(world, 'us-east-1', now);
    tellStory(east, secondRegion(now));
  },
};

const GROUP_NOTES = [
  ['support-desk-mtrl-mpg', 'Support desk agent, model checkpoints'],
  ['support-desk-mtrl-checkpoint-mpg', 'Support desk agent, resumable checkpoints'],
  ['openai-reasoning-gpt-oss-20b-mtrl-mpg', 'Shared: everything trained from GPT-OSS-20B'],
  ['openai-reasoning-gpt-oss-20b-mtrl-checkpoint-mpg', 'Shared: resumable checkpoints of GPT-OSS-20B'],
] as const;

function approve(builder: AccountBuilder, job: Job, step: number, at: number, note: string): void {
  const group = builder.region.groups.get(job.outputGroup ?? '');
  const version = group?.findVersion(job, step, 'model', at);
  if (group && version !== undefined) {
    group.edits.set(version, { approvalStatus: 'Approved', approvalDescription: note, modifiedAt: at });
  }
}
