import { SkeletonBox, SkeletonLines } from '@/components/ui/skeleton-box';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import detail from './detail.module.css';
import classes from './skeletons.module.css';

/** The overview before it is there: one wide panel with a picture, and narrow ones beside it. */
export function OverviewSkeleton() {
  return (
    <div className={detail.columns}>
      <div className={detail.main}>
        <div className={classes.panel}>
          <SkeletonBox width={120} />
          <SkeletonBox height={28} />
          <SkeletonBox height={18} />
          <SkeletonLines lines={5} label="Loading the timeline" />
        </div>
        <div className={classes.panel}>
          <SkeletonLines lines={3} label="Loading the lineage" />
        </div>
      </div>
      <div className={detail.side}>
        <div className={classes.panel}>
          <SkeletonLines lines={3} label="Loading checkpoints" />
        </div>
        <div className={classes.panel}>
          <SkeletonLines lines={4} label="Loading tokens" />
        </div>
      </div>
    </div>
  );
}

/** Rows of a table before they are there. */
export function TableSkeleton({ rows }: { rows: number }) {
  return (
    <div className={classes.panel} role="status">
      <VisuallyHidden>Loading</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no identity but their place
        <div key={row} className={classes.row}>
          <SkeletonBox width="14%" />
          <SkeletonBox width="8%" />
          <SkeletonBox width="48%" />
          <SkeletonBox width="12%" />
        </div>
      ))}
    </div>
  );
}
