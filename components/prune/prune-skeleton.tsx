import { SkeletonBox } from '@/components/ui/skeleton-box';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import classes from './prune.module.css';

const ROWS = Array.from({ length: 12 }, (_, i) => i);

/** The shape of what comes: numbers above, rows below. */
export function PruneSkeleton() {
  return (
    <div aria-busy="true" className={classes.main}>
      <VisuallyHidden>
        <span role="status">Loading checkpoints</span>
      </VisuallyHidden>
      <SkeletonBox height={72} />
      {ROWS.map((row) => (
        <SkeletonBox key={row} height={28} />
      ))}
    </div>
  );
}
