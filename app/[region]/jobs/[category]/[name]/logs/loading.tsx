import { LogSkeleton } from '@/components/logs/log-skeleton';

export default function Loading() {
  return <LogSkeleton />;
}
