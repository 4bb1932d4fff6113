'use client';

import { useQuery } from '@tanstack/react-query';
import type { JobRef } from '@/lib/contract/jobs';
import { jobQuery } from '@/lib/queries/jobs-queries';
import { EvaluationView } from './evaluation/evaluation-view';
import { RewardView } from './reward-view';

/** The Reward tab: curves of a training job, results of an evaluation. */
export function MetricsTab({ region, jobRef }: { region: string; jobRef: JobRef }) {
  const { data } = useQuery(jobQuery(region, jobRef));
  if (!data) return null;
  if (jobRef.jobCategory === 'AgentRFTEvaluation') return <EvaluationView region={region} job={data.job} />;
  return <RewardView region={region} job={data.job} />;
}
