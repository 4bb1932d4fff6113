import { HeaderSkeleton, OverviewSkeleton } from '@/components/jobs/detail/skeletons';
import classes from './[name]/job-page.module.css';

/** Stands while the job itself is read: from the catalog at once, from AWS when the catalog has not met it. */
export default function Loading() {
  return (
    <div className={classes.page}>
      <HeaderSkeleton />
      <OverviewSkeleton />
    </div>
  );
}
