import { SkeletonLines } from '@/components/ui/skeleton-box';

export default function Loading() {
  return <SkeletonLines lines={4} />;
}
