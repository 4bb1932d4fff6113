/** What the reward chart is made of, and so what is asked for first. Names: AWS docs. */
export const REWARD = {
  mean: 'rollout/reward/mean',
  min: 'rollout/reward/min',
  max: 'rollout/reward/max',
  std: 'rollout/reward/std',
  validation: 'val/reward/mean',
} as const;

/** The k that AWS measures unless told otherwise. */
const PASS_K = [1, 2, 4, 8, 16, 32];

/** How many rollouts a step was trained on. */
export const ROLLOUTS_KEY = 'training/num_trajectories';

export const passAtKey = (k: number) => `val/reward/pass_at_${k}`;

/** The keys of the reward chart, with pass@k for every k that AWS measures unless told otherwise and for those of `ks`. */
export const rewardKeys = (ks: readonly number[] = []): string[] => [
  ROLLOUTS_KEY,
  ...Object.values(REWARD),
  ...[...new Set([...PASS_K, ...ks])].map(passAtKey),
];
export const REWARD_KEYS: readonly string[] = rewardKeys();

const PASS_KEY = /^(val|eval)\/reward\/pass_(at|power)_(\d+)$/;

/** `val/reward/pass_at_8` → `{ of: 'val', kind: 'at', k: 8 }`; undefined for any other key. */
export function parsePassKey(key: string): { of: string; kind: 'at' | 'power'; k: number } | undefined {
  const [, of, kind, k] = PASS_KEY.exec(key) ?? [];
  if (!of || !k) return undefined;
  return { of, kind: kind === 'power' ? 'power' : 'at', k: Number(k) };
}
