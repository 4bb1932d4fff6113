import { Button } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { NoPermissionState } from '@/components/ui/no-permission-state';
import { AppError } from '@/lib/contract/app-error';
import { ERROR_CODES, type ErrorCode } from '@/lib/contract/error-codes';
import { pagePaths } from '@/lib/contract/paths';
import classes from './resume-plan-page.module.css';

interface PlanProblemProps {
  region: string;
  heading: string;
  /** Title where no request can be made at all. */
  unprocessable: string;
  error: Error;
  onRetry: () => void;
  retrying: boolean;
  /** Another way on. */
  children?: ReactNode;
}

const NO_PERMISSION: ErrorCode[] = ['access_denied', 'credentials_missing', 'credentials_expired'];

/** No plan can be made: why, and the way back. */
export function PlanProblem(props: PlanProblemProps) {
  const { region, heading, unprocessable, error, onRetry, retrying, children } = props;
  const code = error instanceof AppError ? error.code : 'internal';
  const hint = error instanceof AppError ? error.hint : undefined;
  const back = (
    <Button component={Link} href={pagePaths.jobs(region)} variant="default">
      Back to jobs
    </Button>
  );
  const title = {
    not_found: 'This checkpoint is not known',
    unprocessable,
  }[code as string];
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{heading}</h1>
      {NO_PERMISSION.includes(code) ? (
        <NoPermissionState title="The plan cannot be made" message={error.message} hint={hint} actions={back} />
      ) : (
        <ErrorState
          title={title ?? 'The plan could not be made'}
          message={error.message}
          hint={hint}
          onRetry={
            ERROR_CODES[code].retryable || code === 'unprocessable' || code === 'not_found' ? onRetry : undefined
          }
          retrying={retrying}
          actions={back}
        />
      )}
      {children}
    </div>
  );
}
