import { SkeletonLines } from '@/components/ui/skeleton-box';

export default function Loading() {
  return (
    <main style={{ padding: 24 }}>
      <SkeletonLines lines={6} label="Loading" />
    </main>
  );
}
