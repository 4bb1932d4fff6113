import { SkeletonBox } from '@/components/ui/skeleton-box';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import classes from './lineage.module.css';

const LANES = [
  { left: 4, width: 22 },
  { left: 14, width: 26 },
  { left: 24, width: 18 },
  { left: 30, width: 34 },
  { left: 44, width: 20 },
  { left: 58, width: 30 },
];

/** Lanes that come. */
export function LineageSkeleton() {
  return (
    <div className={classes.skeleton} role="status" aria-busy="true">
      <VisuallyHidden>Loading the lineage</VisuallyHidden>
      <SkeletonBox width="100%" height={28} />
      <div className={classes.skeletonLanes}>
        {LANES.map(({ left, width }) => (
          <div key={left} style={{ marginLeft: `${left}%`, width: `${width}%` }}>
            <SkeletonBox height={12} />
          </div>
        ))}
      </div>
    </div>
  );
}
