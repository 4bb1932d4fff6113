import { Button } from '@mantine/core';
import { IconClockPause, IconFolderOff, IconKeyOff } from '@tabler/icons-react';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { NoPermissionState } from '@/components/ui/no-permission-state';
import type { AppError } from '@/lib/contract/app-error';

/** Why a log cannot be read: each reason has its own look, since each has its own way out. */
export function LogProblem({ error, onRetry }: { error: AppError; onRetry: () => void }) {
  const { code, message, hint } = error;
  const again = (
    <Button variant="default" onClick={onRetry}>
      Try again
    </Button>
  );
  const text = (
    <>
      <p>{message}</p>
      {hint ? <p>{hint}</p> : null}
    </>
  );
  switch (code) {
    case 'access_denied':
      return <NoPermissionState title="The log may not be read" message={message} {...(hint ? { hint } : {})} />;
    case 'credentials_expired':
    case 'credentials_missing':
      return (
        <EmptyState icon={<IconKeyOff size={20} />} title="Cairn is not signed in to AWS" actions={again}>
          {text}
        </EmptyState>
      );
    case 'throttled':
      return (
        <EmptyState icon={<IconClockPause size={20} />} title="CloudWatch Logs asks to slow down" actions={again}>
          {text}
        </EmptyState>
      );
    case 'not_found':
      return (
        <EmptyState icon={<IconFolderOff size={20} />} title="There is no such source">
          {text}
        </EmptyState>
      );
    default:
      return (
        <ErrorState title="The log could not be read" message={message} {...(hint ? { hint } : {})} onRetry={onRetry} />
      );
  }
}
