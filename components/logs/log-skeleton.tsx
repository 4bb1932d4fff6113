import { SkeletonBox } from '@/components/ui/skeleton-box';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import classes from './job-log.module.css';

const WIDTHS = ['62%', '48%', '71%', '55%', '40%', '66%', '58%', '74%', '45%', '60%', '52%', '68%'];

/** Lines of a log that come. */
export function LogSkeleton() {
  return (
    <div className={classes.skeleton} role="status">
      <VisuallyHidden>Reading the log</VisuallyHidden>
      {WIDTHS.map((width) => (
        <SkeletonBox key={width} width={width} height={10} />
      ))}
    </div>
  );
}
