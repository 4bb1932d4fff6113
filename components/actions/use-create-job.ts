'use client';

import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { AppError } from '@/lib/contract/app-error';
import { pagePaths } from '@/lib/contract/paths';
import { createJobMutation } from '@/lib/queries/actions-queries';
import { queryKeys } from '@/lib/queries/query-keys';
import type { ResumePlanState } from './use-resume-plan';

/** The one button of a plan: carries out exactly the plan on screen, then goes to the new job's page. */
export function useCreateJob(region: string, state: ResumePlanState) {
  const router = useRouter();
  const client = useQueryClient();
  const mutation = useMutation(createJobMutation(region, client));
  // Two clicks can come before React has drawn the button as busy.
  const busy = useRef(false);

  const create = async () => {
    if (!state.plan || !state.settled || busy.current) return;
    busy.current = true;
    const { jobName, planToken, parent } = state.plan;
    try {
      const job = await mutation.mutateAsync({ ...state.body, jobName, planToken });
      notifications.show({
        closeButtonProps: { 'aria-label': 'Close' },
        title: job.created ? 'Job started' : 'The job is there already',
        message: job.created
          ? `${jobName} goes on where ${parent.jobName} left off.`
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
