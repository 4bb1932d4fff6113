import type { JobCategory } from '@/lib/contract/names';

const LABELS: Record<JobCategory, string> = { AgentRFT: 'Training', AgentRFTEvaluation: 'Evaluation' };

/** What people call a kind of job. */
export function categoryLabel(category: JobCategory): string {
  return LABELS[category];
}
