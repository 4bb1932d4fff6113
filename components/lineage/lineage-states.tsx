import { Button } from '@mantine/core';
import { IconFilterOff, IconGitBranch } from '@tabler/icons-react';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { NoPermissionState } from '@/components/ui/no-permission-state';
import { AppError } from '@/lib/contract/app-error';
import type { GetLineageResponse } from '@/lib/contract/lineage';
import { LINEAGE_FILTERS } from '@/lib/lineage/lineage-search';
import type { LineageView } from './use-lineage-view';

interface LineageProblemProps {
  error: Error;
  onRetry: () => void;
  retrying: boolean;
}

/** The lineage could not be read at all. */
export function LineageProblem({ error, onRetry, retrying }: LineageProblemProps) {
  const { code, hint } = error instanceof AppError ? error : { code: undefined, hint: undefined };
  if (code === 'access_denied') {
    return <NoPermissionState title="The lineage may not be read" message={error.message} hint={hint} />;
  }
  return (
    <ErrorState
      title="The lineage could not be read"
      message={error.message}
      hint={hint}
      onRetry={onRetry}
      retrying={retrying}
    />
  );
}

/** No lane at all: nothing matches, or the region has no job. */
export function NothingToShow({ view, data }: { view: LineageView; data: GetLineageResponse }) {
  if (data.totals.jobs > 0) {
    const none = Object.fromEntries(LINEAGE_FILTERS.map((field) => [field, undefined]));
    return (
      <EmptyState
        icon={<IconFilterOff size={20} />}
        title="No job matches"
        actions={
          <Button variant="default" onClick={() => view.change(none)}>
            Clear all filters
          </Button>
        }
      >
        <p>The region has jobs, but none that all filters let through.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<IconGitBranch size={20} />} title="No lineage yet">
      <p>Every job becomes a lane here, joined to the job whose checkpoint it started from.</p>
      <p>Jobs appear as they are found; start one with the SageMaker SDK, and it shows within seconds.</p>
    </EmptyState>
  );
}
