import { JobsTableSkeleton } from '@/components/jobs/list/jobs-table-skeleton';

export default function JobsLoading() {
  return <JobsTableSkeleton withFilters />;
}
