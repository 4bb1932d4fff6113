import { SkeletonBox } from '@/components/ui/skeleton-box';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import classes from './metrics.module.css';

/** The Reward tab before it is there: one wide curve and small ones below. */
export function MetricsSkeleton() {
  return (
    <div className={classes.view} role="status">
      <VisuallyHidden>Loading the curves</VisuallyHidden>
      <div className={classes.skeleton}>
        <SkeletonBox width={120} />
        <SkeletonBox height={340} />
      </div>
      <div className={classes.grid}>
        {[1, 2, 3, 4].map((card) => (
          <div key={card} className={classes.skeleton}>
            <SkeletonBox width={120} />
            <SkeletonBox height={150} />
          </div>
        ))}
      </div>
    </div>
  );
}
