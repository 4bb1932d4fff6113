import { MetricsSkeleton } from '@/components/metrics/metrics-skeleton';

export default function Loading() {
  return <MetricsSkeleton />;
}
