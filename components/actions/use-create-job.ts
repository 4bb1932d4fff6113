'use client';

import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import type { PlanRequest, PlanResponse } from '@/lib/contract/actions';
import { AppError } from '@/lib/contract/app-error';
import { pagePaths } from '@/lib/contract/paths';
import { createJobMutation } from '@/lib/queries/actions-queries';
import { queryKeys } from '@/lib/queries/query-keys';

/** The one button of a plan: carries out exactly the plan on screen, then goes to the new job's page. */
export function useCreateJob(region: string, state: { plan?: PlanResponse; body: PlanRequest; settled: boolean }) {
  const router = useRouter();
  const client = useQueryClient();
  const mutation = useMutation(createJobMutation(region, client));
  // Two clicks can come before React has drawn the button as busy.
  const busy = useRef(false);

  const create = async () => {
    if (!state.plan || !state.settled || busy.current) return;
    busy.current = true;
    const { jobName, planToken } = state.plan;
    try {
      const job = await mutation.mutateAsync({ ...state.body, jobName, planToken });
      notifications.show({
        closeButtonProps: { 'aria-label': 'Close' },
        title: job.created ? 'Job started' : 'The job is there already',
        message: job.created
          ? startedWords(state.plan)
          : `${jobName} was made by an earlier try of the same plan. No second one was started.`,
        color: job.created ? 'green' : 'accent',
      });
      router.push(pagePaths.job(region, job.jobCategory, job.jobName));
    } catch (error) {
      busy.current = false;
      // Other things may have changed too: what stands on screen is checked again.
      if (error instanceof AppError && (error.code === 'plan_stale' || error.code === 'conflict')) {
        void client.invalidateQueries({ queryKey: queryKeys.plan(region, state.body) });
      }
    }
  };

  return {
    create,
    // Still busy after success: the page of the new job is on its way.
    creating: mutation.isPending || mutation.isSuccess,
    error: mutation.error,
    clearError: mutation.reset,
  };
}

function startedWords({ action, jobName, parent }: PlanResponse): string {
  if (action === 'resume') return `${jobName} goes on where ${parent.jobName} left off.`;
  return action === 'iterate' ? `${jobName} starts anew from what was learned.` : `${jobName} measures it.`;
}
