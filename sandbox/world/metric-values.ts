import { normalAt, unitAt } from '../rng';
import { effectiveHyperParameters, numberOf, sentHyperParameters } from './hyperparameters';
import { stepEndTime } from './job-state';
import { lifeOf } from './life';
import { checkpointTime } from './package-group';
import type { RolloutBatch } from './rollouts';
import { countOf, maxOf, meanOf, minOf, passAt, passPower, stdOf, sumOf } from './statistics';
import { isSaved, isValidated } from './step-schedule';
import type { Job } from './types';

type Entries = Array<[string, number]>;

/** Rewards below this differ from zero by rounding only. */
const NEAR_ZERO = 1e-9;

/** training/, rollout/reward, rollout/advantage and analysis/ of one step, all counted from its rollouts. */
export function trainingMetrics(job: Job, step: number, batch: RolloutBatch): Entries {
  const values = effectiveHyperParameters(job.category, job.baseModel, sentHyperParameters(job.document));
  const groups = groupRewards(batch);
  const spread = groups.map((rewards) => maxOf(rewards) - minOf(rewards));
  const useful = groups.filter((_, i) => (spread[i] ?? 0) > NEAR_ZERO);
  const flat = groups.filter((_, i) => (spread[i] ?? 0) <= NEAR_ZERO);
  const advantages = groups.flatMap((rewards) => {
    const mean = meanOf(rewards);
    const std = stdOf(rewards);
    return Array.from(rewards, (reward) => (std > NEAR_ZERO ? (reward - mean) / std : 0));
  });
  const { rewards } = batch;
  const all = rewards.length;
  // A rollout becomes one training example per turn kept; a few are dropped as off-policy or too long.
  const kept = Math.max(1, Math.round(all * (0.985 + 0.015 * unitAt(job.key, 81, step))));
  const action = sumOf(batch.responseTokens);
  const observed = Math.round(sumOf(batch.promptTokens) * 0.32);
  const perEpoch =
    job.plan.kind === 'train' ? Math.ceil(job.plan.lastStep / Math.max(1, numberOf(values, 'max_epochs'))) : 1;
  return [
    ['training/epoch', Math.floor((step - 1) / perEpoch)],
    ['training/global_step', step],
    ['training/num_groups', batch.groups],
    ['training/num_trajectories', kept],
    ['training/total_tokens', action + observed],
    ['training/num_datums', Math.round(kept * 1.4)],
    ['training/datums_per_trajectory', Math.round(kept * 1.4) / kept],
    ['training/action_tokens_mean', action / all],
    ['training/obs_tokens_mean', observed / all],
    ['training/trainable_token_positions', action],
    ['training/nontrainable_token_positions', observed],
    ['training/trainable_token_ratio', action / (action + observed)],
    ['rollout/reward/mean', meanOf(rewards)],
    ['rollout/reward/valid_mean', useful.length > 0 ? meanOf(useful.flatMap((group) => [...group])) : meanOf(rewards)],
    ['rollout/reward/std', stdOf(rewards)],
    ['rollout/reward/min', minOf(rewards)],
    ['rollout/reward/max', maxOf(rewards)],
    ['rollout/reward/zero_frac', countOf(rewards, (reward) => reward === 0) / all],
    ['rollout/advantage/mean', meanOf(advantages)],
    ['rollout/advantage/std', stdOf(advantages)],
    ['rollout/advantage/min', minOf(advantages)],
    ['rollout/advantage/max', maxOf(advantages)],
    ['rollout/advantage/n_positive', countOf(advantages, (value) => value > NEAR_ZERO)],
    ['rollout/advantage/n_negative', countOf(advantages, (value) => value < -NEAR_ZERO)],
    ['analysis/batch_completion_ratio', 1],
    ['analysis/batch_valid_ratio', useful.length / batch.groups],
    ['analysis/zero_adv_groups', flat.length],
    ['analysis/zero_adv_nonzero_reward', flat.filter((group) => maxOf(group) > 0).length],
    ['analysis/zero_adv_zero_reward', flat.filter((group) => maxOf(group) === 0).length],
    ['analysis/reward_variance_across_groups', stdOf(groups.map(meanOf)) ** 2],
    ['analysis/mean_group_reward_spread', meanOf(spread)],
  ];
}

/** val/reward or eval/reward: over rollouts, within prompts, and pass@k for every k the rollouts per prompt allow. */
export function rewardMetrics(prefix: string, batch: RolloutBatch, threshold: number, ks: readonly number[]): Entries {
  const { rewards } = batch;
  const groups = groupRewards(batch);
  const solved = (reward: number) => reward >= threshold;
  const succeeded = countOf(rewards, solved);
  const entries: Entries = [
    ['mean', meanOf(rewards)],
    ['std', stdOf(rewards)],
    ['min', minOf(rewards)],
    ['max', maxOf(rewards)],
    ['zero_frac', countOf(rewards, (reward) => reward === 0) / rewards.length],
    ['min_within_groups', meanOf(groups.map(minOf))],
    ['mean_within_groups', meanOf(groups.map(meanOf))],
    ['max_within_groups', meanOf(groups.map(maxOf))],
    ['std_within_groups', meanOf(groups.map(stdOf))],
    ['rollouts_per_prompt', batch.perGroup],
    ['num_prompts', batch.groups],
    ['succeeded_rollouts', succeeded],
    ['failed_rollouts', rewards.length - succeeded],
    ['success_threshold', threshold],
  ];
  for (const k of ks.filter((wanted) => wanted <= batch.perGroup)) {
    const counts = groups.map((group) => countOf(group, solved));
    entries.push([`pass_at_${k}`, meanOf(counts.map((count) => passAt(batch.perGroup, count, k)))]);
    entries.push([`pass_power_${k}`, meanOf(counts.map((count) => passPower(batch.perGroup, count, k)))]);
  }
  return entries.map(([name, value]) => [`${prefix}/reward/${name}`, value]);
}

export function turnMetrics(prefix: string, batch: RolloutBatch): Entries {
  return [
    [`${prefix}/turns/mean`, meanOf(batch.turns)],
    [`${prefix}/turns/min`, minOf(batch.turns)],
    [`${prefix}/turns/max`, maxOf(batch.turns)],
  ];
}

/** Token lengths per turn, and the health of log-probabilities, which grow sharper as training goes on. */
export function tokenMetrics(prefix: string, job: Job, step: number, batch: RolloutBatch): Entries {
  const turns = sumOf(batch.turns);
  const perTurn = Array.from(batch.responseTokens, (tokens, i) => tokens / (batch.turns[i] ?? 1));
  const tokens = sumOf(batch.responseTokens);
  const zeroShare = 0.34 + 0.12 * (1 - Math.exp(-step / 60)) + normalAt(job.key, 83, step) * 0.006;
  const zeros = Math.round(tokens * zeroShare);
  const sharp = -0.62 + 0.2 * (1 - Math.exp(-step / 50)) + normalAt(job.key, 84, step) * 0.012;
  return [
    [`${prefix}/tokens/prompt_mean`, sumOf(batch.promptTokens) / turns],
    [`${prefix}/tokens/response_mean`, tokens / turns],
    [`${prefix}/tokens/response_std`, stdOf(perTurn)],
    [`${prefix}/tokens/response_min`, Math.min(minOf(batch.shortestResponse), tokens / turns)],
    [`${prefix}/tokens/response_max`, Math.max(maxOf(batch.longestResponse), tokens / turns)],
    [`${prefix}/logprob/zero_count`, zeros],
    [`${prefix}/logprob/zero_frac`, zeros / tokens],
    [`${prefix}/logprob/zero_per_group`, zeros / batch.groups],
    [`${prefix}/logprob/nz_mean`, sharp],
    [`${prefix}/logprob/nz_std`, 1.1 + 0.1 * unitAt(job.key, 85, step)],
    [`${prefix}/logprob/nz_min`, -14 - 5 * unitAt(job.key, 86, step)],
    [`${prefix}/logprob/nz_max`, -1e-6 - 1e-6 * unitAt(job.key, 87, step)],
  ];
}

/** Phase durations in seconds; they add up to what lies between the step's timestamps. */
export function timingMetrics(job: Job, step: number): Entries {
  const { plan } = job;
  const end = stepEndTime(job, step);
  const { workStart } = lifeOf(job);
  if (plan.kind !== 'train' || end === undefined || workStart === undefined) return [];
  const before = stepEndTime(job, step - 1);
  const baseline = plan.baselineValidation ? plan.validationMs : 0;
  const validation = before !== undefined && isValidated(plan, step - 1) ? plan.validationMs : 0;
  const seconds = (end - (before ?? workStart + baseline) - validation) / 1000;
  const entries: Entries = [
    ['timing_s/step', seconds],
    ['timing_s/training', seconds * (0.17 + 0.06 * unitAt(job.key, 88, step))],
    ['timing_s/policy_update', 4 + 5 * unitAt(job.key, 89, step)],
  ];
  const saved = isSaved(plan, step) ? checkpointTime(job, step, 'resumable') : undefined;
  if (saved !== undefined) entries.push(['timing_s/save_checkpoint', (saved - end) / 1000]);
  return entries;
}

function groupRewards(batch: RolloutBatch): Float64Array[] {
  return Array.from({ length: batch.groups }, (_, group) =>
    batch.rewards.subarray(group * batch.perGroup, (group + 1) * batch.perGroup),
  );
}
