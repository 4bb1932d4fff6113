import { Button } from '@mantine/core';
import { IconCloudDownload, IconFilterOff, IconStack2 } from '@tabler/icons-react';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { NoPermissionState } from '@/components/ui/no-permission-state';
import type { Health } from '@/lib/contract/health';
import { isDenied, toSyncProblems } from '@/lib/jobs/sync-words';

interface NoJobsProps {
  region: string;
  health: Health | undefined;
  /** A search that finds nothing, as opposed to a region that has nothing. */
  filtered: boolean;
  onClear: () => void;
}

/**
 * Why the list has no rows: nothing found, nothing there, still reading, not allowed, or reading fails. What fails is
 * said in the shell's banner; here stands what mends it.
 */
export function NoJobs({ region, health, filtered, onClear }: NoJobsProps) {
  if (filtered) {
    return (
      <EmptyState
        icon={<IconFilterOff size={20} />}
        title="No job matches"
        actions={
          <Button variant="default" onClick={onClear}>
            Clear all filters
          </Button>
        }
      >
        <p>{region} has jobs, but none that all filters let through.</p>
      </EmptyState>
    );
  }
  const sync = health?.sync.regions.find((each) => each.region === region);
  const [problem] = toSyncProblems(region, sync?.errors ?? []);
  if (problem && isDenied(sync)) {
    return (
      <NoPermissionState title={`The jobs of ${region} cannot be read`} message={problem.fix ?? problem.message} />
    );
  }
  if (problem && !sync?.lastSuccessAt) {
    return <ErrorState title={`The jobs of ${region} could not be read`} message={problem.fix ?? problem.message} />;
  }
  if (sync?.phase === 'waiting' || sync?.phase === 'filling') {
    return (
      <EmptyState icon={<IconCloudDownload size={20} />} title={`Reading ${region} for the first time`}>
        <p>Jobs appear here as they are found, newest first.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<IconStack2 size={20} />} title={`No jobs in ${region} yet`}>
      <p>
        AWS lists no training and no evaluation job of {health?.account ? `account ${health.account}` : 'this account'}{' '}
        here.
      </p>
      <p>Start one from Python with the SageMaker SDK, and it appears within seconds, without a reload.</p>
    </EmptyState>
  );
}
