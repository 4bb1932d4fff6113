'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { NoPermissionState } from '@/components/ui/no-permission-state';
import type { ErrorCode } from '@/lib/contract/error-codes';

interface JobProblemProps {
  problem: { code: ErrorCode; message: string; hint?: string };
}

const NOT_ALLOWED = new Set<ErrorCode>(['access_denied', 'credentials_missing', 'credentials_expired']);

/** A job that could not be read: not allowed, or failed; with the way to try again. */
export function JobProblem({ problem }: JobProblemProps) {
  const router = useRouter();
  const [retrying, startRetry] = useTransition();
  if (NOT_ALLOWED.has(problem.code)) {
    return <NoPermissionState title="This job cannot be read" message={problem.message} hint={problem.hint} />;
  }
  return (
    <ErrorState
      title="This job could not be loaded"
      message={problem.message}
      hint={problem.hint}
      onRetry={() => startRetry(() => router.refresh())}
      retrying={retrying}
    />
  );
}
