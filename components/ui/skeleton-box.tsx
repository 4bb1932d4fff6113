import { Skeleton } from '@mantine/core';
import { VisuallyHidden } from './visually-hidden';

interface SkeletonBoxProps {
  width?: number | string;
  height?: number;
}

/** A grey bar of the size of what comes. */
export function SkeletonBox({ width = '100%', height = 12 }: SkeletonBoxProps) {
  return <Skeleton width={width} height={height} radius="sm" />;
}

/** Several lines of text that come; the last one is shorter. `label` is read out. */
export function SkeletonLines({ lines = 3, label = 'Loading' }: { lines?: number; label?: string }) {
  return (
    <div role="status" style={{ display: 'grid', gap: 10 }}>
      <VisuallyHidden>{label}</VisuallyHidden>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity but their place
        <SkeletonBox key={line} width={line === lines - 1 && lines > 1 ? '60%' : '100%'} />
      ))}
    </div>
  );
}
