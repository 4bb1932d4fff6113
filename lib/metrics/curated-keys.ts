/**
 * Metrics that the background keeps in the catalog for every job: what lists, the reward view, its warnings and the
 * compare page need. MLflow answers one metric a call, so the hundred others are read when somebody asks for them.
 * Names: AWS docs of training and evaluation jobs.
 */

/** What a row of the jobs list shows; read first, for every job. */
export const HEADLINE_KEYS = {
  AgentRFT: ['rollout/reward/mean', 'val/reward/mean'],
  AgentRFTEvaluation: ['eval/reward/mean'],
} as const;

const TRAINING_KEYS = [
  'rollout/reward/min',
  'rollout/reward/max',
  'rollout/reward/std',
  'rollout/reward/zero_frac',
  'rollout/turns/mean',
  'rollout/tokens/response_mean',
  'rollout/tokens/response_max',
  'analysis/zero_adv_groups',
  'training/num_groups',
  'training/num_trajectories',
  'training/total_tokens',
  'timing_s/step',
] as const;

/** Which come per validation or evaluation, with any k: few points, and a view of their own. */
const SCORES = /^(val|eval)\/reward\/(mean|std|min|max|pass_(at|power)_\d{1,4})$/;

/** The keys of a run that the background keeps, the most wanted first. */
export function curatedKeys(category: keyof typeof HEADLINE_KEYS, available: readonly string[]): string[] {
  const has = new Set(available);
  const wanted = [
    ...HEADLINE_KEYS[category],
    ...(category === 'AgentRFT' ? TRAINING_KEYS : []),
    ...available.filter((key) => SCORES.test(key)).sort(),
  ];
  return [...new Set<string>(wanted)].filter((key) => has.has(key));
}
