import { ProgressBar } from '@/components/ui/progress-bar';
import type { RegionSync } from '@/lib/contract/health';
import { fillFraction, fillWords } from '@/lib/jobs/sync-words';
import classes from './fill-progress.module.css';

/** The first read of a region while it goes on: what was found so far. Everything can be used meanwhile. */
export function FillProgress({ sync }: { sync: RegionSync | undefined }) {
  if (sync?.phase !== 'filling' || !sync.fill) return null;
  const words = fillWords(sync.fill);
  return (
    <section className={classes.fill} aria-label="First read">
      <div className={classes.bar}>
        <ProgressBar
          fraction={fillFraction(sync.fill)}
          tone="running"
          label={`First read of ${sync.region}: ${words}`}
        />
      </div>
      <p className={classes.words}>
        <span className={classes.lead}>Reading {sync.region} for the first time, newest first.</span> {words}
      </p>
    </section>
  );
}
