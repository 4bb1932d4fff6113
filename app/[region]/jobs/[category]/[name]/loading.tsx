import { OverviewSkeleton } from '@/components/jobs/detail/skeletons';

export default function Loading() {
  return <OverviewSkeleton />;
}
