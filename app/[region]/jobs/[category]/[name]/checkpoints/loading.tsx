import { TableSkeleton } from '@/components/jobs/detail/skeletons';

export default function Loading() {
  return <TableSkeleton rows={12} />;
}
