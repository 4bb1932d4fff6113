import { Panel } from '@/components/ui/panel';
import { SkeletonBox, SkeletonLines } from '@/components/ui/skeleton-box';
import classes from './resume-plan-page.module.css';

/** The shape of a plan while it is made. */
export function PlanSkeleton({ heading }: { heading: string }) {
  return (
    <div className={classes.page} aria-busy="true">
      <header className={classes.head}>
        <h1 className={classes.title}>{heading}</h1>
        <p className={classes.lead}>Making the request and checking it. Nothing is started.</p>
      </header>
      <div className={classes.grid}>
        <div className={classes.first}>
          <Panel title="From">
            <SkeletonLines lines={6} label="Loading the checkpoint" />
          </Panel>
          <Panel title="Name and tags">
            <SkeletonBox height={30} />
          </Panel>
          <Panel title="Checks">
            <SkeletonLines lines={10} label="Checking" />
          </Panel>
        </div>
        <div className={classes.side}>
          <Panel title="The new job">
            <SkeletonLines lines={6} label="Loading what the new job will do" />
          </Panel>
        </div>
      </div>
    </div>
  );
}
