import { PruneSkeleton } from '@/components/prune/prune-skeleton';

export default function PruneLoading() {
  return <PruneSkeleton />;
}
